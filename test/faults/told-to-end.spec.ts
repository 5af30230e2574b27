import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';
import { gapsInLog, lookInto, type Looking } from './looking.js';
import { recordAllTheTime, remark, send, type Sent } from './recording.js';

/** Of the lock that whoever appends waits for. */
const WRITER_LOCK = 7_026_812_001;

describe('a service that is told to end under load', () => {
  let database: Database;
  let looking: Looking;
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
  });
  afterAll(async () => {
    await looking.close();
    await database.drop();
  });

  const start = (): Promise<Service> => startService(database, { RATE_LIMIT: '0' });

  it('gives the answers that are under way, and ends with 0 within ten seconds', async () => {
    const service = await start();
    const letGo = await looking.hold(`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`);
    const wanted = Array.from({ length: 20 }, () => remark(randomUUID()));
    const answers = Promise.all(wanted.map((one) => send(service, one)));
    await looking.untilAtLeast(1, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    await sleep(500);
    const told = performance.now();
    const code = service.stop();
    await sleep(500);
    await letGo();
    expect((await answers).map(({ status }) => status)).toEqual(wanted.map(() => 201));
    expect(await code).toBe(0);
    expect(performance.now() - told).toBeLessThan(10_000);
    expect(await looking.number('SELECT count(*) FROM log.events WHERE id = ANY ($1)', [wanted.map((one) => one.told?.events[0])])).toBe(20);
  });

  it('ends with 0 while clients go on sending, and has on record all that it said was', async () => {
    const service = await start();
    const stop = new AbortController();
    const clients = recordAllTheTime(service, 8, stop.signal);
    await sleep(300 + Math.random() * 500);
    const told = performance.now();
    const code = await service.stop();
    expect(performance.now() - told).toBeLessThan(10_000);
    stop.abort();
    await clients.over;
    expect(code).toBe(0);
    expect(service.output()).not.toMatch(/"level":[56]0|Error/);
    expect(clients.answers.filter(({ status }: Sent) => status !== 201 && status !== 503)).toEqual([]);
    const acknowledged = clients.wanted.filter((one) => one.told).map((one) => one.told?.events[0]);
    expect(await looking.number('SELECT count(*) FROM log.events WHERE id = ANY ($1)', [acknowledged])).toBe(acknowledged.length);
    expect(await gapsInLog(looking)).toEqual([]);
  });

  it('ends with 0 in the middle of its first load too', async () => {
    const empty = await createDatabase({ loaded: false });
    const inside = lookInto(empty);
    const service = await startService(empty, {}, { untilReady: false });
    await inside.untilAtLeast(1 + Math.floor(Math.random() * 200), 'SELECT position FROM log.head');
    expect(await service.stop()).toBe(0);
    expect(await gapsInLog(inside)).toEqual([]);
    await inside.close();
    await empty.drop();
  });
});
