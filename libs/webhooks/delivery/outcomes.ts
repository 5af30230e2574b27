import type { Pool } from 'pg';
import { inTransaction } from '#platform';

/** What came of one call, to be written down. */
export interface Outcome {
  endpoint: string;
  position: number;
  status: 'delivered' | 'failed' | 'pending';
  /** Of the next try; of the call, where there is none. */
  dueAt: string;
  attempt: { at: string; status: number | null; durationMs: number; response: string };
}

/** What became of an endpoint meanwhile. */
export interface Turn {
  endpoint: string;
  kind: 'failing' | 'well' | 'gone';
  at: string;
}

/** Writes down what came of many calls at once. */
export const writeOutcomes = (pool: Pool, outcomes: readonly Outcome[], turns: readonly Turn[]): Promise<void> =>
  inTransaction(pool, async (client) => {
    if (outcomes.length > 0) {
      await client.query({
        name: 'webhooks outcomes',
        text: `UPDATE webhooks.deliveries AS delivery SET status = outcome.status, due_at = outcome.due_at, tries = delivery.tries + 1, attempts = delivery.attempts || outcome.attempt
         FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::jsonb[]) AS outcome (endpoint, position, status, due_at, attempt)
         WHERE delivery.endpoint = outcome.endpoint AND delivery.position = outcome.position AND delivery.trial = 0`,
        values: [
          plain(outcomes.map(({ endpoint }) => endpoint)), plain(outcomes.map(({ position }) => position)), plain(outcomes.map(({ status }) => status)), plain(outcomes.map(({ dueAt }) => dueAt)),
          // Written twice over, JSON is quoted just as an element of an array is.
          plain(outcomes.map(({ attempt }) => JSON.stringify(JSON.stringify(attempt)))),
        ],
      });
    }
    for (const { endpoint, kind, at } of turns) {
      if (kind === 'gone') {
        await client.query(DISABLE, [endpoint, at, 'Its receiver answered 410: it wants no more.']);
        await client.query(GIVE_UP, [endpoint]);
      } else await client.query(kind === 'failing' ? FAILING : WELL, kind === 'failing' ? [endpoint, at] : [endpoint]);
    }
  }, { begin: BY_KEY });

/**
 * Row by row over the primary key: with statistics that lag behind a rush, the planner would read the whole table, millions
 * of rows, for some hundred of them. Nor does it wait for the disk: an outcome that a power cut takes is a delivery that is
 * made again.
 */
const BY_KEY = 'BEGIN; SET LOCAL synchronous_commit = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off';

/** An array as PostgreSQL writes it, of elements that need no quotes or have them: the library looks at every character. */
const plain = (elements: readonly (string | number)[]): string => `{${elements.join()}}`;

const FAILING = 'UPDATE webhooks.endpoints SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL';
const WELL = 'UPDATE webhooks.endpoints SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL';
const DISABLE = "UPDATE webhooks.endpoints SET status = 'disabled', reason = $3, owner_told = false, changed_at = $2 WHERE id = $1 AND status IN ('active', 'paused')";
/** Recovering brings them back, once the endpoint has answered again. */
const GIVE_UP = "UPDATE webhooks.deliveries SET status = 'failed' WHERE endpoint = $1 AND status = 'pending'";

/** Disables what has failed for too long, whether anything was sent just now or not. @returns how many */
export const disableFailing = (pool: Pool, now: string, failingSinceBefore: string): Promise<number> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "UPDATE webhooks.endpoints SET status = 'disabled', reason = 'Nothing that was sent to it has arrived for five days.', owner_told = false, changed_at = $1 WHERE status = 'active' AND failing_since <= $2 RETURNING id", [now, failingSinceBefore],
    );
    for (const { id } of rows) await client.query(GIVE_UP, [id]);
    return rows.length;
  });
