import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Database, type Service, startService } from '../support/service.js';
import { caughtUp, gapsInLog, gapsInReadModels, HEAD, lookInto, type Looking } from './looking.js';
import { recordAllTheTime, send, type Wanted } from './recording.js';

const ROUNDS = 2;

describe('a service that is killed while many record', () => {
  let database: Database;
  let looking: Looking;
  let service: Service;
  let loaded: number;
  const wanted: Wanted[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    looking = lookInto(database);
    loaded = await looking.number(HEAD);
    service = await start();
    for (let round = 0; round < ROUNDS; round++) {
      const stop = new AbortController();
      const clients = recordAllTheTime(service, 16, stop.signal);
      await sleep(200 + Math.random() * 800);
      await holdUpTheProjection(round);
      await service.kill();
      stop.abort();
      await clients.over;
      wanted.push(...clients.wanted);
      service = await start();
    }
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await looking.close();
    await database.drop();
  });

  const start = (): Promise<Service> => startService(database, { RATE_LIMIT: '0' });

  /** So that it is killed with much to take in, and somewhere in the middle of taking it in. */
  const holdUpTheProjection = async (round: number): Promise<void> => {
    if (round === 0) return;
    const letGo = await looking.hold('SELECT FROM read_v2.cursor FOR UPDATE');
    await sleep(400);
    await letGo();
    await sleep(Math.random() * 40);
  };

  const onRecord = async (): Promise<Map<string, number>> => {
    const rows = await looking.rows<{ about: string; count: string }>("SELECT data -> 'data' ->> 'about' AS about, count(*) FROM log.events WHERE type = 'RemarkMade.v1' AND position > $1 GROUP BY 1", [loaded]);
    return new Map(rows.map(({ about, count }) => [about, Number(count)]));
  };
  const aboutOf = ({ body }: Wanted): string => (JSON.parse(body) as { data: { about: string } }).data.about;

  it('has on record, exactly once, every fact that it said was', async () => {
    const told = wanted.filter((one) => one.told);
    expect(told.length).toBeGreaterThan(ROUNDS * 5);
    const found = await onRecord();
    expect(told.filter((one) => found.get(aboutOf(one)) !== 1)).toEqual([]);
    const places = await looking.rows<{ id: string; position: string; revision: number }>('SELECT id, position, revision FROM log.events WHERE id = ANY ($1)', [told.map((one) => one.told?.events[0])]);
    const placeOf = new Map(places.map(({ id, position, revision }) => [id, `${position} ${revision}`]));
    expect(told.filter(({ told: place }) => placeOf.get(place?.events[0] ?? '') !== `${place?.position} ${place?.revision}`)).toEqual([]);
  });

  it('has neither a gap in its positions nor in the revisions of a State', async () => {
    expect(await gapsInLog(looking)).toEqual([]);
  });

  it('has read models that are what the log gives', async () => {
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });

  it('records once what had no answer and is sent again with the same key, and repeats the answers that it gave', async () => {
    const without = wanted.filter((one) => !one.told);
    expect(without.length).toBeGreaterThan(0);
    for (const one of [...without, ...wanted.filter((each) => each.told).slice(-20)]) {
      const before = one.told;
      const { status, replayed } = await send(service, one);
      expect([status, before ? replayed : 'true']).toEqual([201, 'true']);
    }
    const found = await onRecord();
    expect(found.size).toBe(wanted.length);
    expect([...found.values()].every((count) => count === 1)).toBe(true);
    expect(await gapsInLog(looking)).toEqual([]);
    await caughtUp(looking);
    expect(await gapsInReadModels(looking)).toEqual([]);
  });
});
