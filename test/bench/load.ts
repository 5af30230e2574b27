import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPostgresEventLog } from '#event-log';
import { openPool } from '#platform';
import { type Measured, openLoop } from './open-loop.js';
import { median, onScratchPostgres, say } from './scratch.js';
import { fill } from './synthetic.js';

const STATES = 200;
const root = join(import.meta.dirname, '..', '..', '..');

/**
 * The trial of load: a million synthetic events over 600 treaties × 200 States, then history page, State page and
 * as-at board over HTTP at 100 requests a second over 8 connections, with the generator on the same machine.
 */
export const load = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string' }, treaties: { type: 'string' }, seconds: { type: 'string' }, rounds: { type: 'string' }, rate: { type: 'string' },
      /** A small trial that shows that the trial works; its figures mean little. */
      short: { type: 'boolean', default: false },
      /** A folder to keep the filled database in, for further trials. */
      home: { type: 'string' },
    },
  });
  const trial = values.short ? { events: 40_000, treaties: 24, seconds: 4, rounds: 1, rate: 100 } : { events: 1_000_000, treaties: 600, seconds: 30, rounds: 3, rate: 100 };
  const { events, treaties, seconds, rounds, rate } = Object.fromEntries(Object.entries(trial).map(([name, usual]) => [name, Number(values[name as keyof typeof trial] ?? usual)])) as typeof trial;
  const treatyIds = Array.from({ length: treaties }, (_, index) => `trial-${String(index + 1).padStart(3, '0')}`);
  const stateIds = statesOf(join(root, 'data', 'ccm', 'states.csv'));
  const realStates = stateIds.slice(0, 190);
  const port = 20_000 + (process.pid % 20_000);
  await onScratchPostgres(values.home, async (url) => {
    let served: ReturnType<typeof spawn> | undefined;
    try {
      const pool = openPool(url);
      const log = await openPostgresEventLog({ pool });
      if ((await log.lastPosition()) < events) {
        const began = performance.now();
        let shown = 0;
        const written = await fill(log, { total: events, treaties: treatyIds, states: stateIds }, (done) => {
          if (done - shown < events / 10) return;
          shown = done;
          say(`filled ${done.toLocaleString('en')} of ${events.toLocaleString('en')} events`);
        });
        say(`${written.toLocaleString('en')} events appended in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
      }
      const projected = performance.now();
      // With the flags that `npm start` gives it.
      served = spawn(process.execPath, ['--max-old-space-size=224', '--max-semi-space-size=16', join(root, 'dist', 'apps', 'standalone', 'main.js')], {
        env: { ...process.env, DATABASE_URL: url, PORT: String(port), TRIAL_TREATIES: String(treaties), RATE_LIMIT: '0' }, stdio: ['ignore', 'ignore', 'inherit'],
      });
      const base = `http://127.0.0.1:${port}`;
      for (let ready = false; !ready; ) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        if (served.exitCode !== null) throw new Error('The service did not start.');
        ready = await fetch(`${base}/health/ready`).then(async (answer) => answer.ok && (await caughtUp()), () => false);
      }
      say(`read models current after ${((performance.now() - projected) / 1_000).toFixed(0)} s`);
      // What the filling left to do would otherwise be done while the pages are timed.
      await pool.query('VACUUM ANALYZE');
      await pool.query('CHECKPOINT');

      const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
      const date = (): string => `${2010 + Math.floor(Math.random() * 17)}-0${1 + Math.floor(Math.random() * 9)}-15`;
      const paths = [
        { name: 'history page', path: () => `/v1/treaties/${any(treatyIds)}/states/${any(realStates)}/history` },
        { name: 'State page', path: () => `/v1/treaties/${any(treatyIds)}/states/${any(realStates)}?asAt=${date()}` },
        { name: 'as-at board', path: () => `/v1/treaties/${any(treatyIds)}/status?asAt=${date()}` },
      ];
      await openLoop(base, paths, { rate, seconds: 5, connections: 8 });
      const results: Measured[][] = [];
      for (let round = 1; round <= rounds; round++) {
        results.push(await openLoop(base, paths, { rate, seconds, connections: 8 }));
        say(`round ${round} of ${rounds} done`);
      }
      console.log(`\n${events.toLocaleString('en')} events, ${treaties} treaties × ${STATES} States; ${rate} requests/s over 8 connections, ${rounds} rounds of ${seconds} s; milliseconds`);
      console.log('page            requests  failed   p50 median   p99 median (least–most)      max');
      for (const { name } of paths) {
        const rows = results.map((round) => round.find((one) => one.name === name) as Measured);
        const p99 = rows.map((row) => row.p99).sort((a, b) => a - b);
        const cell = (value: number): string => value.toFixed(1);
        console.log(
          `${name.padEnd(15)} ${String(sum(rows.map((row) => row.requests))).padStart(8)} ${String(sum(rows.map((row) => row.failed))).padStart(7)} ${cell(median(rows.map((row) => row.p50))).padStart(12)}   ${cell(median(p99)).padStart(10)} (${cell(p99[0] ?? 0)}–${cell(p99.at(-1) ?? 0)})   ${cell(Math.max(...rows.map((row) => row.max))).padStart(8)}`,
        );
      }
      console.log(`resident memory of the serving process: ${residentMegabytes(served.pid as number)} MB`);
      await log.close();
      await pool.end();

      async function caughtUp(): Promise<boolean> {
        const { rows } = await pool.query<{ behind: string }>('SELECT (SELECT position FROM log.head) - (SELECT position FROM read_v2.cursor) AS behind');
        return Number(rows[0]?.behind) === 0;
      }
    } finally {
      served?.kill('SIGTERM');
      await new Promise((resolve) => (served && served.exitCode === null ? served.on('exit', resolve) : resolve(null)));
    }
  });
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function residentMegabytes(pid: number): string {
  try {
    return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024).toFixed(0);
  } catch {
    return 'not known on this system;';
  }
}

/** The first 200 codes of States, made up to that number with codes that no State has. */
function statesOf(file: string): string[] {
  const known = readFileSync(file, 'utf8').split(/\r?\n/).slice(1).map((line) => line.slice(0, 3)).filter((code) => /^[A-Z]{3}$/.test(code));
  const made = Array.from({ length: STATES }, (_, index) => `X${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor(index / 26))}`);
  return [...known, ...made.filter((code) => !known.includes(code))].slice(0, STATES);
}
