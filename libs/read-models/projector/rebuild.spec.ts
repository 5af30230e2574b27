import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type EventLog, InMemoryEventLog, type NewEvent, openPostgresEventLog } from '#event-log';
import { createScratchDatabase, inTransaction, openPool, type ScratchDatabase } from '#platform';
import { DossierReader } from '../dossiers/reader.js';
import { project } from './project.js';
import { cursorOf, Projector } from './projector.js';
import { rebuild } from './rebuild.js';
import { refuseReadModelsOfOtherLog } from './same-log.js';
import { BESIDE, createSchema, SERVING } from './schema.js';
import { verify } from './verify.js';

const remark = (about: string): NewEvent => ({
  id: randomUUID(), type: 'RemarkMade.v1', data: { effectiveOn: '2020-01-01', knownBy: null, knownOn: '2020-01-01', data: { about } },
  metadata: { actor: 'key:test', source: { title: 'test' } }, recordedAt: '2026-11-24T12:00:00.000Z',
});
const STATES = ['NIU', 'TUV', 'LKA'];

describe('a rebuild beside the serving tables', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  let projector: Projector;
  let failures: unknown[];
  beforeEach(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url, { max: 20 });
    log = await openPostgresEventLog({ pool });
    failures = [];
    projector = new Projector(pool, log, (error) => failures.push(error));
    projector.start();
    for (const state of STATES) await log.append(`dossier-ccm-${state}`, Array.from({ length: 500 }, (_, n) => remark(String(n))), { expected: 'none' });
    await caughtUp();
  });
  afterEach(async () => {
    await projector.stop();
    await log.close();
    await pool.end();
    await database.drop();
  });

  const caughtUp = async (): Promise<void> => {
    const head = await log.lastPosition();
    while ((await cursorOf(pool).catch(() => 0)) < head) await sleep(5);
  };

  /** All that is in the tables, in short. */
  const digest = async (): Promise<unknown[]> => {
    const of = (table: string, order: string): string => `(SELECT md5(string_agg(md5(one::text), '' ORDER BY ${order})) FROM ${SERVING}.${table} AS one) AS ${table}`;
    const { rows } = await pool.query<object>(`SELECT ${of('cursor', 'position')}, ${of('dossiers', 'treaty, state')}, ${of('records', 'treaty')}, ${of('history', 'position')}`);
    return rows;
  };

  /** Asks and records until told to stop; how often each was done. */
  const keepBusy = (stop: AbortSignal): Promise<number[]> => {
    const reader = new DossierReader(pool);
    const repeat = async (work: (n: number) => Promise<unknown>): Promise<number> => {
      for (let n = 0; ; n++) {
        if (stop.aborted) return n;
        await work(n);
        await sleep(3);
      }
    };
    return Promise.all([
      repeat(async () => expect((await reader.state('ccm', 'NIU')).facts.length).toBeGreaterThanOrEqual(500)),
      repeat(async () => expect([...(await reader.treaty('ccm')).dossiers.keys()]).toEqual([...STATES].sort())),
      repeat((n) => log.append(`dossier-ccm-${STATES[n % 3]}`, [remark('meanwhile')], { expected: 'any' })),
      repeat((n) => log.append(`dossier-ccm-${STATES[(n + 1) % 3]}`, [remark('meanwhile')], { expected: 'any' })),
    ]);
  };

  it('gives the tables that were there', async () => {
    const before = await digest();
    expect(await rebuild(pool, log)).toEqual({ events: 1_500 });
    expect(await digest()).toEqual(before);
  });

  it('goes on while facts are recorded and questions asked, and disturbs neither', async () => {
    const stop = new AbortController();
    const busy = keepBusy(stop.signal);
    for (let n = 0; n < 3; n++) await rebuild(pool, log);
    stop.abort();
    for (const times of await busy) expect(times).toBeGreaterThan(20);
    await caughtUp();
    const served = await digest();
    await rebuild(pool, log);
    expect(await digest()).toEqual(served);
    expect(failures).toEqual([]);
  });

  it('takes turns with another one', async () => {
    const before = await digest();
    await Promise.all([rebuild(pool, log), rebuild(pool, log), rebuild(pool, log)]);
    expect(await digest()).toEqual(before);
  });

  it('steps back while somebody stays long with the old tables, so that others are served meanwhile', async () => {
    const backup = await pool.connect();
    await backup.query(`BEGIN; SELECT FROM ${SERVING}.cursor`);
    let over = false;
    const rebuilding = rebuild(pool, log).then(() => (over = true));
    let slowest = 0;
    for (const until = Date.now() + 1_000; Date.now() < until; ) {
      const started = performance.now();
      await cursorOf(pool);
      slowest = Math.max(slowest, performance.now() - started);
      await sleep(5);
    }
    expect(over).toBe(false);
    expect(slowest).toBeLessThan(1_000);
    await backup.query('COMMIT');
    backup.release();
    await rebuilding;
  });

  it('after the log was moved to another server, makes tables of that one, also where one was cut off before', async () => {
    await projector.stop();
    const moved = new InMemoryEventLog();
    await moved.append('before', [remark('of another stream')], { expected: 'none' });
    for (const event of (await log.readAll({ max: 10_000 })).events) await moved.append(event.stream, [event], { expected: 'any' });
    await expect(refuseReadModelsOfOtherLog(pool, moved)).rejects.toThrow('The event log was moved');
    await createSchema(pool, BESIDE);
    const { events, next } = await log.readAll({ max: 700 });
    await inTransaction(pool, (client) => project(client, BESIDE, events, next));
    await rebuild(pool, moved);
    await refuseReadModelsOfOtherLog(pool, moved);
    expect(await verify(pool, moved)).toMatchObject({ events: 1_501, problems: 0 });
    await expect(refuseReadModelsOfOtherLog(pool, log)).rejects.toThrow('The event log was moved');
  });

  it('makes tables of a log that they were never made from, which nobody else may work on', async () => {
    const other = new InMemoryEventLog();
    await other.append('dossier-ccm-NIU', [remark('of another log')], { expected: 'none' });
    await expect(refuseReadModelsOfOtherLog(pool, other)).rejects.toThrow(/not in the event log.*EVENT_LOG_URL/);
    await rebuild(pool, other);
    await refuseReadModelsOfOtherLog(pool, other);
    expect(await cursorOf(pool)).toBe(1);
  });

  it('brings tables back to a log that ends before them, as one does that came out of an older backup', async () => {
    await projector.stop();
    const before = await digest();
    await pool.query(`UPDATE ${SERVING}.cursor SET position = position + 1000`);
    await rebuild(pool, log);
    expect(await digest()).toEqual(before);
  });
});
