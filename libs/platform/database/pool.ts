import pg from 'pg';

export interface PoolOptions {
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  /** Connections at the most. */
  max?: number;
  /** Told when a connection died; the pool has already dropped it and opens another when one is needed. */
  onConnectionLost?: (error: Error) => void;
}

/** A pool on which the death of a connection fails the query under way and nothing else. */
export const openPool = (url: string, options: PoolOptions = {}): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.applicationName ?? 'pacta',
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // Notices a server that went away without a word; without it an idle connection would look well for hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A process that froze inside a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
  });
  const lost = (error: Error): void => options.onConnectionLost?.(error);
  // Both listeners are needed: an 'error' nobody listens to ends the process, and the pool's own ear covers idle clients only.
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
