import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createScratchDatabase, openPool, type ScratchDatabase } from '../database/index.js';
import { pause, whileLeased } from './lease.js';

describe('a lease', () => {
  let database: ScratchDatabase;
  let admin: Pool;
  let ended: (() => Promise<void>)[];
  beforeEach(async () => {
    database = await createScratchDatabase();
    admin = openPool(database.url);
    ended = [() => admin.end()];
    holders = [];
    most = 0;
  });
  afterEach(async () => {
    for (const end of ended.reverse()) await end();
    await database.drop();
  });

  /** Who works now, and how many there were at once at the most. */
  let holders: string[];
  let most: number;

  /** A process that wants the lease, on connections of its own. */
  const contend = (name: string, work: (held: AbortSignal) => Promise<void> = (held) => pause(60_000, held)): { stop(): Promise<void>; errors: unknown[] } => {
    const pool = openPool(database.url, { applicationName: name });
    const stopping = new AbortController();
    const errors: unknown[] = [];
    const over = whileLeased(pool, 'projector', stopping.signal, async (held) => {
      holders.push(name);
      most = Math.max(most, holders.length);
      try {
        await work(held);
      } finally {
        holders.splice(holders.indexOf(name), 1);
      }
    }, (error) => errors.push(error));
    const stop = async (): Promise<void> => {
      stopping.abort();
      await over;
      if (!pool.ended) await pool.end();
    };
    ended.push(stop);
    return { stop, errors };
  };

  const until = async (met: () => boolean, milliseconds = 10_000): Promise<number> => {
    const started = performance.now();
    while (!met()) {
      if (performance.now() - started > milliseconds) throw new Error(`Not within ${milliseconds} ms; ${holders.join()} holds it.`);
      await sleep(5);
    }
    return performance.now() - started;
  };

  const kill = (name: string): Promise<unknown> => admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [name]);

  it('is held by one of two', async () => {
    contend('one');
    contend('two');
    await until(() => holders.length === 1);
    await sleep(1_200);
    expect([holders.length, most]).toEqual([1, 1]);
  });

  it('goes to the other when its owner stops', async () => {
    const one = contend('one');
    await until(() => holders[0] === 'one');
    contend('two');
    await one.stop();
    await until(() => holders[0] === 'two', 2_000);
    expect(most).toBe(1);
  });

  it('goes on within seconds when the connection of its owner is killed, and the owner learns of it', async () => {
    contend('one');
    await until(() => holders[0] === 'one');
    contend('two');
    for (let round = 0; round < 3; round++) {
      const [owner] = holders as [string];
      await kill(owner);
      await until(() => holders.length === 0 || holders[0] !== owner, 1_000);
      await until(() => holders.length === 1, 10_000);
    }
    expect(most).toBeLessThanOrEqual(2);
  });

  it('is held again after work that failed, and the failure is told', async () => {
    let attempts = 0;
    const { errors } = contend('one', async () => {
      await Promise.resolve();
      if (++attempts < 3) throw new Error(`attempt ${attempts}`);
    });
    await until(() => attempts >= 3, 5_000);
    expect(errors).toEqual([new Error('attempt 1'), new Error('attempt 2')]);
  });

  it('is waited for while the server cannot be reached', async () => {
    const pool = openPool(database.url.replace(/\/scratch_\w+/, '/not_there'));
    const stopping = new AbortController();
    const errors: unknown[] = [];
    const over = whileLeased(pool, 'projector', stopping.signal, () => Promise.resolve(), (error) => errors.push(error));
    await until(() => errors.length >= 2, 5_000);
    stopping.abort();
    await over;
    await pool.end();
  });

  it('of another name is another lease', async () => {
    contend('one');
    await until(() => holders.length === 1);
    const stopping = new AbortController();
    await whileLeased(admin, 'sweeper', stopping.signal, async () => {
      await Promise.resolve();
      stopping.abort();
    });
  });

  it('leaves no lock and no connection behind', async () => {
    const one = contend('one');
    await until(() => holders.length === 1);
    await one.stop();
    const left = async (): Promise<number> => Number((await admin.query<{ count: string }>("SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database() AND locktype = 'advisory'")).rows[0]?.count);
    while ((await left()) > 0) await sleep(10);
    expect(await left()).toBe(0);
  });
});
