import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openPool } from '#platform';
import type { Rounds } from './rounds.js';
import { median, onScratchPostgres, say } from './scratch.js';

const run = promisify(execFile);
const dist = join(import.meta.dirname, '..', '..');
const program = (...path: string[]): string => join(dist, ...path, 'main.js');

/**
 * Rounds of the letters over ever more open notices, on the loaded record: what is owed is planned, what is to come
 * soon is woken, what lies open is looked through. Each number of notices is measured in a process of its own.
 */
export const reconcile = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string' }, short: { type: 'boolean', default: false } } });
  const rounds = Number(values.rounds ?? (values.short ? 2 : 10));
  await onScratchPostgres(undefined, async (url, home) => {
    await loadRecord(url, home);
    const pool = openPool(url, { max: 2 });
    console.log('open notices   first round (ms)   later rounds, median (ms)   resident memory at the most (MB)');
    for (const open of values.short ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
      await fill(pool, open);
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'rounds.js'), String(rounds)], { env: { ...process.env, DATABASE_URL: url, PACTA_HOME: home }, maxBuffer: 1e8 });
      const { first, later, megabytes, planned } = JSON.parse(stdout) as Rounds;
      say(`${open.toLocaleString('en')} open notices: ${planned} letters planned in the first round`);
      console.log(`${open.toLocaleString('en').padStart(12)}   ${first.toFixed(0).padStart(16)}   ${median(later).toFixed(0).padStart(25)}   ${megabytes.toFixed(0).padStart(32)}`);
    }
    await pool.end();
  });
};

/** The real record, live from today on, with one contact for each State. */
const loadRecord = async (url: string, home: string): Promise<void> => {
  const env = { ...process.env, DATABASE_URL: url, PACTA_HOME: home, PORT: '0' };
  const service = spawn(process.execPath, [program('apps', 'standalone')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of service.stdout) if (String(chunk).includes('Pacta is ready')) break;
  await run(process.execPath, [program('apps', 'cli'), 'live', '--from', new Date().toISOString().slice(0, 10), '--confirm'], { env });
  const pool = openPool(url, { max: 1 });
  while ((await pool.query('SELECT FROM log.head, read_v2.cursor WHERE cursor.position < head.position')).rowCount) await new Promise((resolve) => setTimeout(resolve, 50));
  service.kill('SIGINT');
  await once(service, 'exit');
  await pool.query(`INSERT INTO notices.contacts (id, role, iso3, name, email, language, time_zone, confirmed_on)
    SELECT gen_random_uuid(), 'focal-point', state, 'Focal point', lower(state) || '@example.org', 'en', 'UTC', current_date FROM read_v2.dossiers WHERE treaty = 'ccm'`);
  await pool.end();
};

/** As many letters that wait for their day, the rungs that they took, and nothing planned yet. */
const fill = async (pool: ReturnType<typeof openPool>, open: number): Promise<void> => {
  await pool.query('TRUNCATE notices.messages, notices.taken, notices.planned, notices.watched');
  await pool.query(
    `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, on_record)
     SELECT gen_random_uuid(), 'ccm', '2099-01-05', 'focal-point', gen_random_uuid(), 'en', '[]', ARRAY['GNB'], 'planned', now() + interval '1 day' + n * interval '10 seconds', '<' || n || '@example.org>', now(), true
     FROM generate_series(1, $1::int) AS n`,
    [open],
  );
  await pool.query("INSERT INTO notices.taken (treaty, rung) SELECT 'ccm', 'XXX 7 annual-report 2001 2002-04-30 ' || n FROM generate_series(1, $1::int) AS n", [open]);
  await pool.query('ANALYZE');
};
