import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { EventLog } from '#event-log';
import { inTransaction } from '#platform';
import { project } from './project.js';
import { stemsFrom } from './same-log.js';
import { BESIDE, createSchema, SERVING } from './schema.js';

/**
 * Builds all read models anew from the log, beside the serving ones, and swaps them in one step once they have caught
 * up. Answers go on throughout. A rebuild that was cut off is taken up where it was; nothing but tables is written.
 */
export const rebuild = async (pool: Pool, log: EventLog, onProgress: (done: number, all: number) => void = () => undefined): Promise<{ events: number }> => {
  const turn = await pool.connect();
  try {
    // Of two rebuilds the second waits: after the swap, the tables that it was filling would be the serving ones.
    await turn.query("SELECT pg_advisory_lock(hashtext('pacta rebuild'))");
    await createSchema(pool, SERVING);
    await createSchema(pool, BESIDE);
    if ((await stemsFrom(pool, log, BESIDE)) !== 'this log') await beginAnew(pool);
    await replay(pool, log, onProgress);
    return { events: await swap(pool, log) };
  } finally {
    // The session ends with its lock.
    turn.release(true);
  }
};

/** What a rebuild left that was cut off before the log was moved is of no use. */
const beginAnew = async (pool: Pool): Promise<void> => {
  await pool.query(`DROP SCHEMA ${BESIDE} CASCADE`);
  await createSchema(pool, BESIDE);
};

/** Until little enough is left for the swap to take in: while facts keep coming, nothing is ever left only for a moment. */
const replay = async (pool: Pool, log: EventLog, onProgress: (done: number, all: number) => void): Promise<void> => {
  for (let after = await positionOf(pool, BESIDE), more = true; more; ) {
    const { events, next } = await log.readAll({ after, max: BATCH });
    await inTransaction(pool, (client) => project(client, BESIDE, events, next));
    after = next;
    more = events.length === BATCH;
    onProgress(after, Math.max(after, await log.lastPosition()));
  }
};

const swap = async (pool: Pool, log: EventLog): Promise<number> => {
  for (;;) {
    try {
      return await inTransaction(pool, (client) => catchUpAndSwap(client, log), { begin: LOCKED });
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      await sleep(500);
    }
  }
};

const catchUpAndSwap = async (client: PoolClient, log: EventLog): Promise<number> => {
  // A log that was brought back from an older backup may end before the tables do.
  const serving = Math.min(await positionOf(client, SERVING), await log.lastPosition());
  let after = await positionOf(client, BESIDE);
  while (after < serving) {
    const { events, next } = await log.readAll({ after, max: BATCH });
    await project(client, BESIDE, events, next);
    after = next;
  }
  await client.query(`ALTER SCHEMA ${SERVING} RENAME TO ${SERVING}_old; ALTER SCHEMA ${BESIDE} RENAME TO ${SERVING}; DROP SCHEMA ${SERVING}_old CASCADE`);
  return after;
};

/**
 * Whoever writes the tables, or reads several, takes the cursor first, so whoever has it to itself meets nobody half-way.
 * Those who come now wait at the old cursor and find the new one when they are let in. One who stays long (a backup, a
 * verification) is not waited for with everybody queueing behind: better to step back and come again.
 */
const LOCKED = `
  BEGIN;
  SET LOCAL lock_timeout = '200ms';
  SELECT pg_advisory_xact_lock(hashtext('pacta read models'));
  LOCK TABLE ${SERVING}.cursor IN ACCESS EXCLUSIVE MODE`;

const LOCK_NOT_AVAILABLE = '55P03';

const positionOf = async (connection: Pool | PoolClient, schema: string): Promise<number> => {
  const { rows } = await connection.query<{ position: string }>(`SELECT position FROM ${schema}.cursor`);
  return Number(rows[0]?.position ?? 0);
};

const BATCH = 1_000;
