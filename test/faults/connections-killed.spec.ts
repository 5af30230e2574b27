import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { get } from '../support/http.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';
import { caughtUp, gapsInLog, gapsInReadModels, HEAD, lookInto, type Looking, NAME } from './looking.js';
import { recordAllTheTime, send, type Sent, type Wanted } from './recording.js';

const READS = ['/v1/treaties/ccm/status', '/v1/treaties/ccm/states/GNB', '/v1/treaties/ccm/obligations', '/v1/treaties/ccm/states/GNB/history', '/health/ready'];

describe('a service whose database connections are killed under load', () => {
  let database: Database;
  let looking: Looking;
  let service: Service;
  let loaded: number;
  let kills = 0;
  let recoveredAfter: number;
  let wanted: Wanted[];
  let unanswered: unknown[];
  const answers: Sent[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
    loaded = await looking.number(HEAD);
    service = await startService(database, { RATE_LIMIT: '0' });
    const stop = new AbortController();
    const clients = recordAllTheTime(service, 8, stop.signal);
    const readers = Promise.all(READS.map(async (path) => {
      while (!stop.signal.aborted) answers.push(await ask(path));
    }));
    for (const until = Date.now() + 3_000; Date.now() < until; await sleep(50 + Math.random() * 500)) kills += await killAll();
    stop.abort();
    const stopped = performance.now();
    while ((await ask('/health/ready')).status !== 200) await sleep(20);
    recoveredAfter = performance.now() - stopped;
    await Promise.all([clients.over, readers]);
    ({ wanted, unanswered } = clients);
    answers.push(...clients.answers);
  });
  afterAll(async () => {
    await service.stop();
    await looking.close();
    await database.drop();
  });

  const ask = async (path: string): Promise<Sent> => {
    const { status, headers } = await get(service, path);
    return { status, type: headers.get('content-type') ?? '', replayed: null };
  };
  const killAll = (): Promise<number> =>
    looking.number('SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> $1', [NAME]);

  it('answers every request all the same, and says 503 where it cannot', () => {
    expect(kills).toBeGreaterThan(20);
    expect(unanswered).toEqual([]);
    const odd = answers.filter(({ status, type }) => ![200, 201].includes(status) && !(status === 503 && type.startsWith('application/problem+json')));
    expect(odd).toEqual([]);
  });

  it('is itself again within seconds', async () => {
    expect(recoveredAfter).toBeLessThan(5_000);
    for (const path of READS) expect((await ask(path)).status).toBe(200);
  });

  it('loses nothing that it said was on record, and doubles nothing that is sent again', async () => {
    const told = wanted.filter((one) => one.told).map((one) => one.told?.events[0]);
    expect(told.length).toBeGreaterThan(5);
    expect(await looking.number('SELECT count(*) FROM log.events WHERE id = ANY ($1)', [told])).toBe(told.length);
    for (const one of wanted.filter((each) => !each.told)) expect((await send(service, one)).status).toBe(201);
    expect(await looking.number(HEAD)).toBe(loaded + wanted.length);
    expect(await gapsInLog(looking)).toEqual([]);
  });

  it('has read models that are what the log gives', async () => {
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });
});
