import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/**
 * Runs `work` while this process holds a lease of that name, and never in two processes at once: the lease is a lock of
 * a database session, so it is free again the moment its owner dies. The owner shows every second that it is alive; one
 * that froze is put out by whoever waits. Waits for the lease, loses it with the connection (the work's signal then
 * aborts), and takes it up again, until `signal` aborts.
 *
 * An owner that froze does not know, once it goes on, that it was put out, until it asks the database for something. So
 * what the work writes must stand in the way of itself being written twice: a cursor that is compared in the same
 * transaction, or a unique key.
 */
export const whileLeased = async (pool: Pool, name: string, signal: AbortSignal, work: (held: AbortSignal) => Promise<void>, onError: (error: unknown) => void = () => undefined): Promise<void> => {
  while (!signal.aborted) {
    try {
      await holdOnce(pool, name, signal, work);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    await pause(RETRY_MS, signal);
  }
};

/** Names of the leases that this process holds now. */
export const heldLeases = (): readonly string[] => [...holding];

const holding = new Set<string>();
const RETRY_MS = 500;
/** For work to end once its lease is lost. */
const PATIENCE_MS = 30_000;
const BEAT_MS = 1_000;
/** Without a sign of life for so long an owner counts as frozen; longer than any work keeps the process from answering. */
const FROZEN_MS = 6_000;
/** On a connection that went silent it counts as lost after so many milliseconds. */
const BEAT = { text: 'SELECT 1', query_timeout: 3_000 };

const holdOnce = async (pool: Pool, name: string, signal: AbortSignal, work: (held: AbortSignal) => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  const held = new AbortController();
  const lose = (): void => held.abort();
  client.on('error', lose);
  client.on('end', lose);
  signal.addEventListener('abort', lose, { once: true });
  let ours = true;
  try {
    ours = await tryLock(client, name);
    if (!ours) return await putOutFrozen(client, name);
    if (signal.aborted) return;
    holding.add(name);
    const beating = beat(client, held);
    await Promise.race([work(held.signal), tooLate(held.signal, name)]);
    lose();
    await beating;
  } finally {
    lose();
    holding.delete(name);
    signal.removeEventListener('abort', lose);
    client.removeListener('end', lose);
    client.removeListener('error', lose);
    // The session ends with its lock; a connection given back to the pool would keep it.
    client.release(ours);
  }
};

/** Work that hangs on a connection which went silent, for as long as the network keeps trying, must not keep us from coming back. */
const tooLate = async (held: AbortSignal, name: string): Promise<never> => {
  if (!held.aborted) await new Promise((resolve) => held.addEventListener('abort', resolve, { once: true }));
  await sleep(PATIENCE_MS, undefined, { ref: false });
  throw new Error(`What was done under the lease "${name}" had not ended ${PATIENCE_MS / 1_000} s after the lease was lost; it is left behind.`);
};

/** Signs of life, until the lease is lost: the server notes when a session was last asked something. */
const beat = async (client: PoolClient, held: AbortController): Promise<void> => {
  for (;;) {
    await pause(BEAT_MS, held.signal);
    if (held.signal.aborted) return;
    await client.query(BEAT).catch(() => held.abort());
  }
};

/**
 * Ends the session of an owner that froze, and what else that process is in the middle of: its transactions hold locks
 * that its successor would wait for.
 */
const putOutFrozen = async (client: PoolClient, name: string): Promise<void> => {
  await client.query(
    `WITH frozen AS (
       SELECT pid, application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
       WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)
         AND state = 'idle' AND state_change < clock_timestamp() - make_interval(secs => $2)
     )
     SELECT pg_terminate_backend(other.pid) FROM frozen JOIN pg_stat_activity AS other
       ON other.pid = frozen.pid OR (other.application_name = frozen.application_name AND other.datname = current_database() AND other.state <> 'idle')
     WHERE other.pid <> pg_backend_pid()`,
    [nameOfLock(name), FROZEN_MS / 1_000],
  );
};

/** Whether nobody holds a lease; nobody gets it before the transaction of whoever asks has ended. */
export const isFree = async (client: PoolClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free', [nameOfLock(name)]);
  return rows[0]?.free === true;
};

const nameOfLock = (lease: string): string => `pacta lease ${lease}`;

const tryLock = async (client: PoolClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [nameOfLock(name)]);
  return rows[0]?.held === true;
};

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
