import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createScratchDatabase, openPool, type ScratchDatabase } from '#platform';
import { readToEnd, sampleEvents } from '../contract/samples.js';
import type { EventLog } from '../port.js';
import { openPostgresEventLog } from './postgres-event-log.js';

describe('the event log in PostgreSQL, when things go wrong', () => {
  let database: ScratchDatabase;
  let pool: Pool;
  let log: EventLog;
  beforeEach(async () => {
    database = await createScratchDatabase();
    pool = openPool(database.url);
    log = await openPostgresEventLog({ pool });
  });
  afterEach(async () => {
    await log.close();
    await pool.end();
    await database.drop();
  });

  const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

  it('keeps positions dense and in order for a reader while several processes write', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => openPostgresEventLog({ url: database.url })));
    const writing = Promise.all(writers.flatMap((writer, process) => Array.from({ length: 8 }, async (_, client) => {
      for (let n = 0; n < 25; n++) await writer.append(`stream-${(process + client + n) % 7}`, sampleEvents(1 + (n % 3)), { expected: 'any' });
    })));
    const total = 3 * 8 * 49;
    const seen: number[] = [];
    while (seen.length < total) {
      const { events, next } = await log.readAll({ after: seen.length, max: 40 });
      seen.push(...events.map(({ position }) => position));
      expect(next).toBe(seen.length);
    }
    await writing;
    expect(seen).toEqual(upTo(total));
    await Promise.all(writers.map((writer) => writer.close()));
  });

  it('loses and doubles nothing when its connections are killed under load', async () => {
    const writer = await openPostgresEventLog({ url: database.url });
    const stop = new AbortController();
    const followed: string[] = [];
    const following = (async () => {
      for await (const { events } of writer.follow({ after: 0, max: 100, signal: stop.signal })) followed.push(...events.map(({ id }) => id));
    })();
    let kills = 0;
    let loading = true;
    const killing = (async () => {
      while (loading) {
        const killed = await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'pacta event log'`);
        kills += killed.rowCount ?? 0;
        await sleep(3 + Math.random() * 60);
      }
    })();
    const told = new Map<string, { stream: string; position: number }>();
    await Promise.all(Array.from({ length: 16 }, async (_, client) => {
      for (const until = Date.now() + 2_000; Date.now() < until;) {
        const events = sampleEvents(2);
        told.set(events[1]!.id, await writer.append(`stream-${client % 5}`, events, { expected: 'any' }));
      }
    }));
    loading = false;
    await killing;

    const stored = await readToEnd(log, '', 1_000);
    expect(kills).toBeGreaterThan(10);
    expect(stored.map(({ position }) => position)).toEqual(upTo(told.size * 2));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(told.size * 2);
    for (const { id, position } of stored.filter((_, index) => index % 2)) expect(told.get(id)?.position).toBe(position);
    while (followed.length < stored.length) await sleep(20);
    expect(followed).toEqual(stored.map(({ id }) => id));
    stop.abort();
    await following;
    await writer.close();
  });

  it('goes on following, and being told, after its listening connection is killed', async () => {
    const listeners = async (): Promise<number[]> => (await pool.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")).rows.map(({ pid }) => pid);
    const until = async (met: (pids: number[]) => boolean): Promise<number[]> => {
      for (;;) {
        const pids = await listeners();
        if (met(pids)) return pids;
      }
    };
    const seen: string[] = [];
    const stop = new AbortController();
    const followers = [1, 2].map(async () => {
      for await (const { events } of log.follow({ after: 0, signal: stop.signal })) seen.push(...events.map(({ id }) => id));
    });
    const [listener] = await until((pids) => pids.length === 1);
    await pool.query('SELECT pg_terminate_backend($1)', [listener]);
    await until((pids) => pids.length === 1 && pids[0] !== listener);
    const started = performance.now();
    for (let n = 1; n <= 5; n++) {
      await log.append('a', sampleEvents(1), { expected: 'any' });
      while (seen.length < 2 * n) await sleep(2);
    }
    // Looking by itself once a second, it would have taken about five.
    expect(performance.now() - started).toBeLessThan(2_500);
    stop.abort();
    await Promise.all(followers);
  });

  it('says why it cannot write when the database is gone', async () => {
    const other = await createScratchDatabase();
    const orphan = await openPostgresEventLog({ url: other.url });
    await other.drop();
    const attempts = await Promise.allSettled([1, 2].map(() => orphan.append('a', sampleEvents(1), { expected: 'any' })));
    expect(attempts).toMatchObject([1, 2].map(() => ({ status: 'rejected', reason: { code: '3D000' } })));
    await expect(orphan.ping()).rejects.toThrow();
    await orphan.close();
  });
});
