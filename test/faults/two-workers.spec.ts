import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStream } from '../support/event-stream.js';
import { createDatabase, type Database, type Service } from '../support/service.js';
import { caughtUp, gapsInReadModels, HEAD, lookInto, type Looking } from './looking.js';
import { type Program, run } from './programs.js';
import { recordAllTheTime } from './recording.js';

/** Sessions that hold the lease, by the port of their connection. */
const OWNERS = `SELECT client_port AS port FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE datname = current_database() AND locktype = 'advisory' AND granted AND objsubid = 1
    AND (classid::bigint << 32 | objid::bigint) = hashtextextended('pacta lease projector read_v2', 0)`;

describe('two workers beside one API', () => {
  let database: Database;
  let looking: Looking;
  let api: Program;
  let service: Service;
  let [first, second]: Program[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
    api = run('api', { DATABASE_URL: database.url });
    service = { base: await api.says(/"url":"([^"]+)"/) } as Service;
    first = run('worker', { DATABASE_URL: database.url });
    await looking.untilAtLeast(1, `SELECT count(*) FROM (${OWNERS}) AS owner`);
    second = run('worker', { DATABASE_URL: database.url });
  });
  afterAll(async () => {
    for (const program of [second, first, api]) if (program?.runs()) await program.signal('SIGTERM');
    await looking.close();
    await database.drop();
  });

  const owners = async (): Promise<number[]> => (await looking.rows<{ port: number }>(OWNERS)).map(({ port }) => port);

  it('take turns: one follows the log, the other stands by', async () => {
    const stop = new AbortController();
    const clients = recordAllTheTime(service, 4, stop.signal);
    const [owner] = await owners();
    for (let look = 0; look < 30; look++) {
      expect(await owners()).toEqual([owner]);
      await sleep(50);
    }
    stop.abort();
    await clients.over;
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });

  it('the other takes over within ten seconds when the one is killed, and takes in what came meanwhile', async () => {
    const stop = new AbortController();
    const clients = recordAllTheTime(service, 4, stop.signal);
    const from = await looking.number(HEAD);
    const stream = await openEventStream(service, `?after=${from}`);
    await sleep(Math.random() * 500);
    const [before] = await owners();
    const killed = performance.now();
    await first!.signal('SIGKILL');
    while ((await owners()).every((port) => port === before)) await sleep(5);
    const tookOver = performance.now() - killed;
    const head = await looking.number(HEAD);
    await looking.untilAtLeast(head, 'SELECT position FROM read_v2.cursor');
    const current = performance.now() - killed;
    stop.abort();
    await clients.over;
    expect(tookOver).toBeLessThan(10_000);
    expect(current).toBeLessThan(10_000);
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
    // Whoever listens to the API hears all of it, though who followed the log for it was killed.
    const recorded = (await looking.rows<{ position: string }>('SELECT position FROM log.events WHERE position > $1 ORDER BY position', [from])).map(({ position }) => Number(position));
    await stream.until(recorded.length);
    expect(stream.events.map(({ id }) => id)).toEqual(recorded);
    stream.leave();
  });

  it('the other takes over within ten seconds when the one freezes, which then stands by and doubles nothing', async () => {
    first = run('worker', { DATABASE_URL: database.url, WORKER_PORT: '0' });
    const vitals = await first.says(/"url":"([^"]+)","msg":"vitals"/);
    while ((await fetch(`${vitals}/health/ready`)).status !== 200) await sleep(50);
    const stop = new AbortController();
    const clients = recordAllTheTime(service, 4, stop.signal);
    const [before] = await owners();
    const frozen = performance.now();
    process.kill(second!.pid, 'SIGSTOP');
    const freed = async (): Promise<boolean> => (await owners()).some((port) => port !== before);
    while (!(await freed())) await sleep(20);
    const head = await looking.number(HEAD);
    await looking.untilAtLeast(head, 'SELECT position FROM read_v2.cursor');
    const current = performance.now() - frozen;
    process.kill(second!.pid, 'SIGCONT');
    await sleep(1_000);
    stop.abort();
    await clients.over;
    expect(current).toBeLessThan(10_000);
    expect(await owners()).toHaveLength(1);
    expect(await (await fetch(`${vitals}/metrics`)).text()).toContain('pacta_lease_held{lease="projector read_v2"} 1');
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
    expect(await first.signal('SIGTERM')).toBe(0);
  });

  it('end with 0 when told to', async () => {
    expect(await second!.signal('SIGTERM')).toBe(0);
    expect(await api.signal('SIGTERM')).toBe(0);
    expect(await owners()).toEqual([]);
  });
});
