import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { atTheOffice, SHIFT, workersNow } from '../faults/letters.js';
import { caughtUp } from '../faults/looking.js';
import { runFrom } from '../faults/programs.js';
import { adminKey } from '../support/keys.js';
import { registrarKey } from '../support/service.js';
import { Faults } from './faults.js';
import { Fleet } from './fleet.js';
import { Load } from './load.js';
import { openStage, type Stage } from './stage.js';
import { TAKEOVER_MS, Takeovers } from './takeovers.js';
import { commands, deliveries, type Finding, letters, positions, readModels, type Subscribed } from './verdict.js';

/** For what was under way to come to its end, once the faults are over. */
const SETTLE_MS = 180_000;
/** A letter that was being sent when its process died counts as lost after ten minutes: the last worker's clock is ahead. */
const LATER_MS = 15 * 60_000;

const clock = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;
const started = Date.now();
const say = (text: string): void => void process.stdout.write(`${clock(Date.now() - started)}  ${text}\n`);


/** The record on the new database, and a registrar's key. */
const loadRecord = async ({ url }: Stage): Promise<void> => {
  const program = runFrom(process.cwd(), 'standalone', { DATABASE_URL: url, LOG_LEVEL: 'error' });
  process.env['TEST_REGISTRAR_KEY'] = await program.says(/Registrar key\s+(\S+)\n/);
  await program.signal('SIGTERM');
};

const request = async <Body>(base: string, path: string, type?: string, body?: string, key = registrarKey()): Promise<Body> => {
  const answer = await fetch(`${base}${path}`, { ...(body === undefined ? {} : { method: 'POST', body }), headers: { authorization: `Bearer ${key}`, ...(type ? { 'content-type': type } : {}) } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Body;
};

/** Contacts, a treaty that is live, and subscribers: what letters and deliveries come from. */
const subscribe = async (stage: Stage, base: string, states: readonly string[]): Promise<Subscribed[]> => {
  const contacts = states.slice(0, 40).map((iso3) => `focal-point,${iso3},,focal.${iso3.toLowerCase()}@mfa.example,en,UTC`);
  await request(base, '/v1/contacts/import', 'text/csv', ['role,iso3,name,email,language,timeZone', ...contacts, ''].join('\n'));
  const going = runFrom(process.cwd(), 'cli', { DATABASE_URL: stage.url, ...atTheOffice() }, 'live', '--from', workersNow().toString().slice(0, 10), '--confirm');
  if ((await going.ended) !== 0) throw new Error(`Going live: ${going.output()}`);
  const { key } = await adminKey({ url: stage.url, drop: () => Promise.resolve() });
  const endpoints: Subscribed[] = [];
  for (const [path, ordered] of [['/one', false], ['/two', false], ['/in-order', true]] as const) {
    const { id } = await request<{ id: string }>(base, '/v1/webhooks', 'application/json', JSON.stringify({ url: stage.receiver.url(path), types: ['remark.made', 'deadline.passed', 'report.submitted'], ordered }), key);
    endpoints.push({ id, path, ordered, since: 0 });
  }
  await stage.looking.untilAtLeast(endpoints.length, "SELECT count(*) FROM webhooks.endpoints WHERE status = 'active'");
  const since = await stage.looking.number('SELECT position FROM log.head');
  return endpoints.map((endpoint) => ({ ...endpoint, since }));
};

const LEFT = `SELECT (SELECT count(*)::int FROM notices.messages WHERE NOT on_record OR status IN ('planned', 'rendered', 'sending')) AS letters, (SELECT count(*)::int FROM webhooks.deliveries WHERE status = 'pending') AS deliveries,
  (SELECT (head.position - least(read.position, web.position))::int FROM log.head, read_v2.cursor AS read, webhooks.cursor AS web) AS events`;

/** Resolves when nothing is left to be done, or the time is over: what is left then is for the verdict to say. */
const settle = async ({ looking }: Stage): Promise<void> => {
  const end = Date.now() + SETTLE_MS;
  for (let look = 1; Date.now() < end; look++) {
    const [left] = await looking.rows<{ letters: number; deliveries: number; events: number }>(LEFT);
    if (!left || left.letters + left.deliveries + left.events === 0) return;
    if (look % 40 === 0) say(`${left.letters} letters, ${left.deliveries} deliveries, ${left.events} events are left.`);
    await sleep(250);
  }
};

const run = async (stage: Stage, fleet: Fleet, minutes: number): Promise<Finding[]> => {
  say('Three API and three worker processes are starting.');
  await fleet.start();
  const base = fleet.apis[0]?.base ?? '';
  const states = (await request<{ items: { iso3: string }[] }>(base, '/v1/treaties/ccm/states')).items.map(({ iso3 }) => iso3);
  const endpoints = await subscribe(stage, base, states);
  const load = new Load(fleet, stage, states);
  const takeovers = new Takeovers(stage);
  const faults = new Faults(stage, fleet, takeovers);
  takeovers.start();
  load.start();
  const began = Date.now();
  const telling = setInterval(() => say(`${load.acknowledged} commands acknowledged (${load.replayed} at a repeat), ${load.reads} reads, ${load.busy} times busy, ${load.unanswered} times no answer; ${sum(faults.done)} faults; ${takeovers.seen.length} takeovers, the slowest ${seconds(takeovers.seen.map(({ ms }) => ms))}`), 10_000);
  await faults.until(began + minutes * 60_000);
  await fleet.allUp(60_000);
  const readyAfter = Date.now() - began - minutes * 60_000;
  await load.finish();
  await takeovers.stop();
  clearInterval(telling);
  say('The faults are over; what was under way comes to its end.');
  await caughtUp(stage.looking);
  const ends = await fleet.endAll();
  say('All have ended; a last worker does what is left.');
  const last = runFrom(process.cwd(), 'worker', { ...ENV(stage), ...atTheOffice(SHIFT + LATER_MS) });
  await settle(stage);
  const lastEnd = await last.signal('SIGTERM');
  say('Comparing.');
  const slow = takeovers.seen.filter(({ ending, ms }) => ending !== 'told to end' && ms > TAKEOVER_MS);
  return [
    await commands(stage, load), await positions(stage), await readModels(stage), await letters(stage), await deliveries(stage, endpoints),
    ...(['killed', 'frozen', 'told to end'] as const).map((ending): Finding => {
      const times = takeovers.seen.filter((one) => one.ending === ending).map(({ ms }) => ms).sort((a, b) => a - b);
      return { what: `takeover from an owner that was ${ending}`, figures: `${times.length} times, in the middle ${seconds(times.slice(0, Math.ceil(times.length / 2)))}, at the most ${seconds(times)}`, wrong: slow.filter((one) => one.ending === ending).map(({ lease, ms }) => `"${lease}" was taken over after ${Math.round(ms)} ms.`) };
    }),
    { what: 'answers to commands and queries', figures: `${load.acknowledged} acknowledged, ${load.reads} reads, ${load.busy} times busy, ${load.unanswered} times none`, wrong: [...new Set(load.complaints)] },
    { what: 'faults', figures: [...faults.done].map(([what, times]) => `${times} × ${what}`).join(', '), wrong: [...faults.complaints, ...takeovers.complaints] },
    { what: 'processes', figures: `${fleet.starts} starts; all ready ${clock(Math.max(0, readyAfter))} after the last fault; told to end, the slowest took ${seconds([faults.slowestEnd, ...ends.map(({ ms }) => ms)])}`, wrong: [...fleet.complaints, ...ends.filter(({ code }) => code !== 0).map(({ name, code }) => `${name} ended with ${code} when told to.`), ...(lastEnd === 0 ? [] : [`The last worker ended with ${lastEnd} when told to.`])] },
  ];
};

const ENV = ({ url, redis, mail, home }: Stage): Record<string, string> => ({
  DATABASE_URL: url, REDIS_URL: redis.url, SMTP_URL: mail.url, PACTA_HOME: home, WEBHOOKS_ALLOW_LOOPBACK: '1', NOTICE_ROUND_SECONDS: '2', NOTICE_RUN_LIMIT: '100000', LOG_LEVEL: 'error',
});

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);
const seconds = (times: readonly number[]): string => (times.length === 0 ? '–' : `${(Math.max(...times) / 1_000).toFixed(1)} s`);

const table = (findings: readonly Finding[]): string => {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.flatMap(({ what, figures, wrong }) => [`${wrong.length === 0 ? 'ok   ' : 'WRONG'}  ${what.padEnd(width)}  ${figures}`, ...wrong.slice(0, 10).map((one) => `         ${one}`)]).join('\n');
};

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write('--minutes wants a number greater than 0.\n');
  process.exit(2);
}
const stage = await openStage();
const fleet = new Fleet(stage, ENV(stage));
const stop = (signal: string): void => {
  say(`${signal}: everything is cleared away.`);
  fleet.killAll();
  void stage.clear().finally(() => process.exit(130));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
try {
  say('The record is being loaded.');
  await loadRecord(stage);
  const findings = await run(stage, fleet, minutes);
  process.stdout.write(`\n${table(findings)}\n`);
  process.exitCode = findings.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
} catch (error) {
  say(`The run could not be finished: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
} finally {
  fleet.killAll();
  await stage.clear();
}
process.exit();
