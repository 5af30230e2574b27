import type { Pool, PoolClient, QueryConfig } from 'pg';

/**
 * Runs `work` in one transaction on one client: COMMIT when it resolves, ROLLBACK when it rejects.
 * `begin` may carry settings and locks along with BEGIN, which saves round trips.
 *
 * When COMMIT itself fails the outcome is unknown: only an idempotent piece of work may be tried again.
 */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  { begin = 'BEGIN' }: { begin?: string | QueryConfig } = {},
): Promise<Result> => {
  const client = await pool.connect();
  // A client that dies while checked out emits 'error' beside rejecting the query; unheard, that would end the process.
  client.on('error', ignore);
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    const { command } = await client.query(COMMIT);
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed.');
    return result;
  } catch (error) {
    broken = await client.query(ROLLBACK).then(() => false, () => true);
    throw error;
  } finally {
    client.removeListener('error', ignore);
    client.release(broken);
  }
};

/** Milliseconds: on a connection that went silent even these would wait for ever, and with them whoever called. */
const COMMIT = { text: 'COMMIT', query_timeout: 30_000 };
const ROLLBACK = { text: 'ROLLBACK', query_timeout: 5_000 };

const ignore = (): void => undefined;
