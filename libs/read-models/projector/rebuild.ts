import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { inTransaction } from '#platform';
import { project } from './project.js';
import { BESIDE, createSchema, SERVING } from './schema.js';

/**
 * Builds all read models anew from the log, beside the serving ones, and swaps them in one step once they have caught
 * up. Answers go on throughout. A rebuild that was cut off is taken up where it was; nothing but tables is written.
 */
export const rebuild = async (pool: Pool, log: EventLog, onProgress: (done: number, all: number) => void = () => undefined): Promise<{ events: number }> => {
  await createSchema(pool, SERVING);
  await createSchema(pool, BESIDE);
  const replay = async (): Promise<number> => {
    const { rows } = await pool.query<{ position: string }>(`SELECT position FROM ${BESIDE}.cursor`);
    for (let after = Number(rows[0]?.position ?? 0); ; ) {
      const { events, next } = await log.readAll({ after, max: BATCH });
      if (events.length === 0) return after;
      await inTransaction(pool, (client) => project(client, BESIDE, events, next));
      after = next;
      onProgress(after, Math.max(after, await log.lastPosition()));
    }
  };
  await replay();
  return inTransaction(pool, async (client) => {
    // The projector waits at its cursor while the last events are taken in, and finds the new tables behind the lock.
    const { rows } = await client.query<{ position: string }>(`SELECT position FROM ${SERVING}.cursor FOR UPDATE`);
    const serving = Number(rows[0]?.position ?? 0);
    const beside = await client.query<{ position: string }>(`SELECT position FROM ${BESIDE}.cursor`);
    let after = Number(beside.rows[0]?.position ?? 0);
    while (after < serving) {
      const { events, next } = await log.readAll({ after, max: BATCH });
      await project(client, BESIDE, events, next);
      after = next;
    }
    await client.query(`ALTER SCHEMA ${SERVING} RENAME TO ${SERVING}_old; ALTER SCHEMA ${BESIDE} RENAME TO ${SERVING}; DROP SCHEMA ${SERVING}_old CASCADE`);
    return { events: after };
  });
};

const BATCH = 1_000;
