import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Program, run } from '../faults/programs.js';
import { fact, recorded, type Recorded } from '../support/facts.js';
import { get } from '../support/http.js';
import { adminKey } from '../support/keys.js';
import { type Receivers, startReceivers } from '../support/receiver.js';
import { createDatabase, type Database, type Service } from '../support/service.js';
import { REMARK, Subscriber, until } from '../support/webhooks.js';
import { KurrentDouble } from './double/index.js';

interface Published {
  items: { id: string; data: { position: number } }[];
  next: number;
}

const REMARKS = `type=${REMARK}`;

describe('a service whose log is moved to KurrentDB and back to another PostgreSQL', () => {
  let databases: Database[];
  let double: KurrentDouble;
  let receivers: Receivers;
  let running: Program | undefined;
  let service: Service;
  let admin: Subscriber;
  /** The public log as it was when the service was last asked. */
  let known: Published;
  /** What was recorded, in order. */
  const facts: string[] = [];
  beforeAll(async () => {
    [databases, double, receivers] = await Promise.all([Promise.all([createDatabase(), createDatabase({ loaded: false })]), KurrentDouble.start(), startReceivers()]);
    admin = new Subscriber(() => service, await adminKey(databases[0]!));
  });
  afterAll(async () => {
    await stop();
    double.stop();
    await receivers.close();
    await Promise.all(databases.map((database) => database.drop()));
  });

  const env = (log: string | null): Record<string, string> => ({ DATABASE_URL: databases[0]!.url, WEBHOOKS_ALLOW_LOOPBACK: '1', ...(log === null ? {} : { EVENT_LOG_URL: log }) });
  const start = async (log: string | null): Promise<void> => {
    running = run('standalone', env(log));
    service = { base: await running.says(/Pacta is ready: (\S+)/) } as Service;
  };
  const stop = (): Promise<unknown> | undefined => running?.signal('SIGTERM');
  const pacta = async (log: string | null, ...args: string[]): Promise<string> => {
    const program = run('cli', env(log), ...args);
    const code = await program.ended;
    return `${code}: ${program.output()}`;
  };
  const remark = async (about: string): Promise<Recorded> => {
    const one = await recorded(service, 'TUV', fact('remark-made', '2020-09-28', { about }));
    facts.push(one.events[0]);
    await until(() => receivers.at('/remarks').some(({ event }) => event.id === one.events[0]));
    return one;
  };
  const published = async (after: number): Promise<Published> => (await get<Published>(service, `/v1/events?${REMARKS}&after=${after}&limit=200`)).body;
  const positions = ({ items }: Published): number[] => items.map(({ data }) => data.position);

  it('has a log, endpoints, and outsiders who know positions', async () => {
    await start(null);
    await admin.active(receivers.url('/remarks'), { types: [REMARK] });
    await remark('one');
    await remark('two');
    known = await published(0);
    expect(known.items.map(({ id }) => id).slice(-2)).toEqual(facts);
  });

  it('does not start on the log that was moved before the read models are new', async () => {
    await stop();
    expect(await pacta(null, 'copy', '--from', databases[0]!.url, '--to', double.url())).toContain('Count and hash agree');
    const program = run('worker', env(double.url()));
    expect(await program.ended).toBe(1);
    expect(program.output()).toBe('The event log was moved, and the read models name places of the former one: npm run pacta -- rebuild, then start again.\n');
  });

  const goesOn = async (log: string): Promise<void> => {
    const before = known;
    expect(await pacta(log, 'rebuild')).toMatch(/^0: /);
    await start(log);
    await remark(`on record in ${new URL(log).protocol}`);
    const after = await published(0);
    expect(after.items.slice(0, -1)).toEqual(before.items);
    expect(after.items.at(-1)?.id).toBe(facts.at(-1));
    expect(positions(await published(before.next))).toEqual([positions(after).at(-1)]);
    expect(await published(after.next)).toEqual({ items: [], next: after.next });
    expect((await get(service, `/v1/events?after=${after.next + 1}`)).status).toBe(400);
    expect(receivers.at('/remarks').map(({ event }) => event.id)).toEqual(facts);
    known = after;
  };

  it('then goes on with webhooks and the public log as if nothing had been', () => goesOn(double.url()));

  it('does so after moving to a PostgreSQL too, whose positions are smaller', async () => {
    await stop();
    expect(await pacta(null, 'copy', '--from', double.url(), '--to', databases[1]!.url)).toContain('Count and hash agree');
    await goesOn(databases[1]!.url);
    expect(await pacta(databases[1]!.url, 'verify')).toMatch(/^0: [^]*The log keeps its promises/);
  });

  it('does not start on a log that it has never followed', async () => {
    await stop();
    const program = run('standalone', env(null));
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/The newest fact that this database knows is not in the event log\. Is EVENT_LOG_URL the log/);
  });
});
