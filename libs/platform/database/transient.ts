import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Milliseconds after which a statement on a connection that went silent counts as failed. */
export const TIME_LIMIT = 30_000;

/**
 * True when trying again may help: the connection died or was refused, the server stops, starts or changes roles,
 * a lock was lost. What the server says of the statement itself it will say again, and a bug of ours stays one.
 */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return false;
  if (!(error instanceof pg.DatabaseError)) return true;
  const code = error.code ?? '';
  // Connection, transaction state, rollback, resources, operator, system; and a standby that was the primary a moment ago.
  return ['08', '25', '40', '53', '57', '58'].includes(code.slice(0, 2));
};

/** Milliseconds before attempt 1, 2, 3 …: 50, 100, 200 and so on, 2 s at the most. */
export const backoff = (attempt: number): number => Math.min(2_000, 25 * 2 ** attempt);

/** Tries again while the failure is transient. Gives up, with the last error, after about eight seconds of waiting. */
export const withRetries = async <Result>(work: () => Promise<Result>, retries = 8): Promise<Result> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt > retries || !isTransient(error)) throw error;
      await sleep(backoff(attempt));
    }
  }
};
