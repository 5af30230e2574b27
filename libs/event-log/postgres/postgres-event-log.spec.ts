import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { createScratchDatabase, openPool, type ScratchDatabase } from '#platform';
import { eventLogContract } from '../contract/index.js';
import { failure, freshStream, readToEnd, sampleEvent, sampleEvents } from '../contract/samples.js';
import type { EventLog, JsonObject } from '../port.js';
import type { AppendedBatch } from '../reported.js';
import { openPostgresEventLog } from './postgres-event-log.js';

describe('with a database of its own', () => {
  let database: ScratchDatabase;
  beforeAll(async () => {
    database = await createScratchDatabase();
  });
  afterAll(() => database.drop());
  eventLogContract('PostgreSQL', () => openPostgresEventLog({ url: database.url }));
});

describe('the event log in PostgreSQL', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  let batches: AppendedBatch[];
  beforeEach(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    batches = [];
    log = await openPostgresEventLog({ pool, onAppended: (batch) => batches.push(batch) });
  });
  afterEach(async () => {
    await log.close();
    await pool.end();
    await database.drop();
  });

  const positions = async (): Promise<number[]> => (await readToEnd(log, '', 1_000)).map(({ position }) => position);
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

  it('begins at position 0 and counts without gaps', async () => {
    expect(await log.lastPosition()).toBe(0);
    expect(await log.readAll()).toEqual({ events: [], next: 0 });
    expect(await log.append('a', sampleEvents(3), { expected: 'none' })).toEqual({ stream: 'a', revision: 2, position: 3 });
    await failure(log.append('a', sampleEvents(3), { expected: 'none' }));
    expect(await log.append('b', sampleEvents(1), { expected: 'none' })).toEqual({ stream: 'b', revision: 0, position: 4 });
    expect(await log.lastPosition()).toBe(4);
  });

  it('writes what comes at the same moment in one transaction, where each fails for itself', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 90 }, (_, n) =>
      log.append(`stream-${n}`, sampleEvents(1), { expected: n % 3 === 0 ? 'exists' : 'none' })));
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map((_, n) => (n % 3 === 0 ? 'rejected' : 'fulfilled')));
    expect(batches).toEqual([{ events: 60, appends: 90, seconds: expect.any(Number) }]);
    expect(await positions()).toEqual(upTo(60));
  });

  it('shows the appends of a batch to each other in the order they came', async () => {
    const [first, second] = [sampleEvents(1), sampleEvents(2)];
    const attempts = [
      log.append('a', first, { expected: 'none' }),
      log.append('a', second, { expected: 0 }),
      log.append('a', sampleEvents(1), { expected: 'none' }).catch((error: unknown) => error),
      log.append('a', first, { expected: 'none' }),
      log.append('a', [second[1]!, sampleEvent()], { expected: 'any' }).catch((error: unknown) => error),
      log.append('a', sampleEvents(1), { expected: 2 }),
    ];
    expect(await Promise.all(attempts)).toMatchObject([
      { revision: 0, position: 1 }, { revision: 2, position: 3 }, { name: 'AppendConflict', actual: 2 },
      { revision: 0, position: 1 }, { name: 'AppendRefused' }, { revision: 3, position: 4 },
    ]);
    expect(batches).toHaveLength(1);
  });

  it('lets only that append fail which the server will not take', async () => {
    let bottomless: JsonObject = {};
    for (let depth = 0; depth < 2_000; depth++) bottomless = { in: bottomless };
    await pool.query('ALTER DATABASE ' + new URL(database.url).pathname.slice(1) + " SET max_stack_depth = '100kB'");
    const shallow = openPool(database.url);
    const other = await openPostgresEventLog({ pool: shallow });
    const attempts = await Promise.allSettled([
      other.append('a', [sampleEvent()], { expected: 'none' }),
      other.append('b', [sampleEvent(bottomless)], { expected: 'none' }),
      other.append('c', [sampleEvent()], { expected: 'none' }),
    ]);
    expect(attempts).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: '54001' } }, { status: 'fulfilled' }]);
    expect(await positions()).toEqual([1, 2]);
    await other.close();
    await shallow.end();
  });

  it('answers what it took before it closes, takes no more, and ends its followers', async () => {
    const following = (async () => {
      for await (const _ of log.follow({ after: 0, signal: new AbortController().signal }));
    })();
    const taken = Array.from({ length: 50 }, () => log.append('a', sampleEvents(1), { expected: 'any' }));
    await log.close();
    expect(await Promise.all(taken)).toHaveLength(50);
    expect(await failure(log.append('a', sampleEvents(1), { expected: 'any' }))).toMatchObject({ message: 'The event log is closed.' });
    await following;
  });

  it('keeps microseconds, and refuses to change or lose what was written', async () => {
    const recordedAt = '2024-06-30T23:59:59.123456Z';
    const event = sampleEvent({}, { recordedAt });
    await log.append(freshStream(), [event], { expected: 'none' });
    for (const sql of ["UPDATE log.events SET type = 'x'", 'DELETE FROM log.events', 'TRUNCATE log.events']) {
      await expect(pool.query(sql)).rejects.toThrow('append-only');
    }
    await pool.query("SET TIME ZONE 'Asia/Kathmandu'; SET DateStyle = 'SQL, DMY'");
    expect((await log.readAll()).events).toMatchObject([{ id: event.id, recordedAt }]);
  });

  it('finds the streams of a prefix by index', async () => {
    await pool.query(`INSERT INTO log.events SELECT n, 'other-' || n, 0, gen_random_uuid(), 'x', '{}', '{}', now() FROM generate_series(1, 20000) n`);
    await pool.query('ANALYZE log.events');
    const plan = await pool.query<Record<string, string>>({
      text: `EXPLAIN SELECT position FROM log.events WHERE position > $1 AND (stream ^@ $2 OR stream ^@ $3)`, values: [0, 'CCM/', 'NPT/'],
    });
    expect(JSON.stringify(plan.rows)).toContain('Index Cond: ((stream >=');
  });
});
