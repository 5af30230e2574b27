import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#platform';
import { ENDPOINT_COLUMNS, type EndpointRow } from '../endpoints/endpoint.js';

/**
 * How long a worker holds an endpoint without a sign of life, which it gives four times as often, also while a call takes
 * its time. What a dead one held is another's as soon; a database that is away for longer may let an event be sent twice.
 */
export const HELD_FOR_MS = 8_000;

export interface HeldLane extends EndpointRow {
  failures: number;
  notBefore: Date | null;
}

/** What a worker leaves behind when it lets an endpoint go. */
export interface Leaving {
  endpoint: string;
  failures: number;
  /** Instant, where the endpoint is to be left alone until then. */
  notBefore: string | null;
}

/** A delivery to be made. */
export interface Owed {
  endpoint: string;
  position: number;
  tries: number;
}

const until = (now: string): string => new Date(Date.parse(now) + HELD_FOR_MS).toISOString();

/** Endpoints that something is due to and that nobody holds. Two workers never get the same. */
export const takeLanes = async (pool: Pool, holder: string, now: string, most: number): Promise<HeldLane[]> => {
  const { rows } = await pool.query<HeldLane>(
    `WITH taken AS (
       UPDATE webhooks.lanes SET holder = $1, held_until = $2 WHERE endpoint IN (
         SELECT lane.endpoint FROM webhooks.lanes AS lane JOIN webhooks.endpoints AS endpoint ON endpoint.id = lane.endpoint
         WHERE lane.due_at <= $3 AND (lane.not_before IS NULL OR lane.not_before <= $3) AND (lane.held_until IS NULL OR lane.held_until <= $3) AND ${SENDABLE}
         ORDER BY lane.due_at LIMIT $4 FOR UPDATE OF lane SKIP LOCKED)
       RETURNING endpoint, failures, not_before
     )
     SELECT ${ENDPOINT_COLUMNS}, taken.failures, taken.not_before AS "notBefore" FROM taken JOIN webhooks.endpoints AS endpoint ON endpoint.id = taken.endpoint`,
    [holder, until(now), now, most],
  );
  return rows;
};

const SENDABLE = `endpoint.status = 'active' AND NOT EXISTS (SELECT FROM webhooks.blocked_hosts AS blocked WHERE blocked.host = endpoint.host)`;

/** Those of a worker's endpoints that are still its own; the others it must leave alone. */
export const keepLanes = async (pool: Pool, holder: string, now: string, endpoints: readonly string[]): Promise<Set<string>> => {
  const { rows } = await pool.query<{ endpoint: string }>(
    `UPDATE webhooks.lanes AS lane SET held_until = $2 FROM webhooks.endpoints AS endpoint WHERE endpoint.id = lane.endpoint AND lane.holder = $1 AND lane.endpoint = ANY($3::uuid[]) AND ${SENDABLE} RETURNING lane.endpoint`,
    [holder, until(now), endpoints],
  );
  return new Set(rows.map(({ endpoint }) => endpoint));
};

/** Due deliveries of some endpoints, as long as these want any, so many of each; where order was asked for only up to the first that is not due yet. */
export const readOwed = async (pool: Pool, now: string, endpoints: readonly { id: string; ordered: boolean; most: number }[]): Promise<Owed[]> => {
  const { rows } = await pool.query<[string, string, number]>({
    name: 'webhooks owed',
    text: `SELECT lane.endpoint, owed.position, owed.tries FROM unnest($2::uuid[], $3::boolean[], $4::int[]) AS lane (endpoint, ordered, most) JOIN webhooks.endpoints AS endpoint ON endpoint.id = lane.endpoint AND ${SENDABLE} CROSS JOIN LATERAL (
         (SELECT position, tries FROM webhooks.deliveries AS delivery WHERE NOT lane.ordered AND delivery.endpoint = lane.endpoint AND status = 'pending' AND due_at <= $1 ORDER BY due_at, position LIMIT lane.most)
         UNION ALL
         (SELECT position, tries FROM (
            SELECT position, tries, bool_and(due_at <= $1) OVER (ORDER BY position) AS due FROM (
              SELECT position, tries, due_at FROM webhooks.deliveries AS delivery WHERE lane.ordered AND delivery.endpoint = lane.endpoint AND status = 'pending' AND in_order ORDER BY position LIMIT lane.most) AS first
          ) AS head WHERE due)
       ) AS owed`,
    values: [now, endpoints.map(({ id }) => id), endpoints.map(({ ordered }) => ordered), endpoints.map(({ most }) => most)], rowMode: 'array',
  });
  return rows.map(([endpoint, position, tries]) => ({ endpoint, position: Number(position), tries }));
};

/**
 * Lets endpoints go, each to be looked at again when its next delivery is due. Its row is locked first: what was owed
 * meanwhile is seen, or comes after and says itself that it is due.
 *
 * @returns the instants at which they are due next
 */
export const leaveLanes = (pool: Pool, holder: string, leaving: readonly Leaving[]): Promise<Date[]> =>
  inTransaction(pool, async (client: PoolClient) => {
    await client.query('SELECT FROM webhooks.lanes WHERE endpoint = ANY($1::uuid[]) AND holder = $2 ORDER BY endpoint FOR UPDATE', [leaving.map(({ endpoint }) => endpoint), holder]);
    const { rows } = await client.query<{ at: Date }>(
      `WITH left_alone AS (
         UPDATE webhooks.lanes AS lane SET holder = NULL, held_until = NULL, failures = leaving.failures, not_before = leaving.not_before,
           due_at = CASE WHEN endpoint.ordered
             THEN (SELECT due_at FROM webhooks.deliveries AS owed WHERE owed.endpoint = lane.endpoint AND status = 'pending' AND in_order ORDER BY position LIMIT 1)
             ELSE (SELECT min(due_at) FROM webhooks.deliveries AS owed WHERE owed.endpoint = lane.endpoint AND status = 'pending') END
         FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS leaving (endpoint, failures, not_before), webhooks.endpoints AS endpoint
         WHERE lane.endpoint = leaving.endpoint AND endpoint.id = lane.endpoint AND lane.holder = $4
         RETURNING GREATEST(lane.due_at, lane.not_before) AS at, lane.due_at
       ) SELECT DISTINCT at FROM left_alone WHERE due_at IS NOT NULL`,
      [leaving.map(({ endpoint }) => endpoint), leaving.map(({ failures }) => failures), leaving.map(({ notBefore }) => notBefore), holder],
    );
    return rows.map(({ at }) => at);
  });
