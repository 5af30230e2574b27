import type { Pool, PoolClient } from 'pg';

/**
 * Runs `work` while this process holds a lease of that name, and never in two processes at once: the lease is a lock of
 * a database session, so it is free again the moment its owner dies. Waits for it, loses it with the connection (the
 * work's signal then aborts), and takes it up again, until `signal` aborts.
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

const RETRY_MS = 500;

const holdOnce = async (pool: Pool, name: string, signal: AbortSignal, work: (held: AbortSignal) => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  const held = new AbortController();
  const lose = (): void => held.abort();
  client.on('error', lose);
  client.on('end', lose);
  signal.addEventListener('abort', lose, { once: true });
  try {
    if (!(await tryLock(client, name)) || signal.aborted) return;
    await work(held.signal);
  } finally {
    signal.removeEventListener('abort', lose);
    client.removeListener('end', lose);
    // The session ends with its lock; a connection given back to the pool would keep it.
    client.release(true);
  }
};

const tryLock = async (client: PoolClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [`pacta lease ${name}`]);
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
