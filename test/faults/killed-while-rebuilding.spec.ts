import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { get } from '../support/http.js';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';
import { caughtUp, digestOfReadModels, gapsInReadModels, lookInto, type Looking } from './looking.js';
import { run } from './programs.js';
import { recordAllTheTime, remark, send } from './recording.js';

const BOARD = '/v1/treaties/ccm/status?asAt=2020-09-28';
const HALFWAY = "SELECT count(*) FROM pg_namespace WHERE nspname = 'read_v2_next'";

describe('a rebuild that is killed, with the service or without', () => {
  let database: Database;
  let looking: Looking;
  let service: Service;
  let figures: object;
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
    service = await start();
    figures = (await get<{ obligations: object }>(service, BOARD)).body.obligations;
  });
  afterAll(async () => {
    await service.stop();
    await looking.close();
    await database.drop();
  });

  const start = (): Promise<Service> => startService(database, { RATE_LIMIT: '0' });
  const rebuild = () => run('cli', { DATABASE_URL: database.url }, 'rebuild', '--json');

  /** Keeps asking until the signal aborts; every answer must be the right one. */
  const askAllTheTime = async (signal: AbortSignal): Promise<number> => {
    for (let times = 0; ; times++) {
      if (signal.aborted) return times;
      const { status, body } = await get<{ obligations: object }>(service, BOARD);
      expect([status, body.obligations]).toEqual([200, figures]);
    }
  };

  it('leaves a service that goes on giving right answers', async () => {
    const stop = new AbortController();
    const asking = askAllTheTime(stop.signal);
    const clients = recordAllTheTime(service, 2, stop.signal);
    for (let round = 0; round < 2; round++) {
      const rebuilding = rebuild();
      await Promise.race([looking.untilAtLeast(1, HALFWAY), rebuilding.ended]);
      await sleep(Math.random() * 100);
      await rebuilding.signal('SIGKILL');
    }
    stop.abort();
    expect(await asking).toBeGreaterThan(3);
    await clients.over;
    expect(clients.answers.filter(({ status }) => status !== 201)).toEqual([]);
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });

  it('is finished by the next one, under load, and disturbs nobody', async () => {
    const stop = new AbortController();
    const asking = askAllTheTime(stop.signal);
    const clients = recordAllTheTime(service, 2, stop.signal);
    const rebuilding = rebuild();
    expect(await rebuilding.ended).toBe(0);
    stop.abort();
    await Promise.all([asking, clients.over]);
    expect(clients.answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(await looking.number(HALFWAY)).toBe(0);
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });

  it('leaves tables as the log alone gives them, when rebuild and service are killed at once', async () => {
    const rebuilding = rebuild();
    await Promise.race([looking.untilAtLeast(1, HALFWAY), rebuilding.ended]);
    await sleep(Math.random() * 60);
    await Promise.all([rebuilding.signal('SIGKILL'), service.kill()]);
    service = await start();
    expect((await send(service, remark('after both were killed'))).status).toBe(201);
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
    const followed = await digestOfReadModels(looking);
    expect(await rebuild().ended).toBe(0);
    expect(await digestOfReadModels(looking)).toEqual(followed);
    expect((await get<{ obligations: object }>(service, BOARD)).body.obligations).toEqual(figures);
  });
});
