import type { PoolClient } from 'pg';

/** An event that an endpoint asked for. */
const ASKED_FOR = `event.type = ANY(endpoint.types) AND (endpoint.treaty IS NULL OR event.treaty = endpoint.treaty)
  AND (endpoint.states IS NULL OR event.state = ANY(endpoint.states)) AND (endpoint.theme IS NULL OR event.theme = endpoint.theme)`;

/** Makes deliveries pending, and their endpoints due. What is owed already is not owed twice. */
const owe = (events: string, again: string): string => `
  WITH owed AS (
    INSERT INTO webhooks.deliveries (endpoint, position, event_id, type, status, in_order, due_at)
    SELECT endpoint.id, event.position, event.id, event.type, 'pending', endpoint.ordered, $1
    FROM webhooks.events AS event JOIN webhooks.endpoints AS endpoint ON ${ASKED_FOR}
    WHERE ${events} ORDER BY endpoint.id, event.position
    ON CONFLICT (endpoint, position, trial) ${again}
    RETURNING endpoint
  ), lane AS (
    SELECT endpoint FROM webhooks.lanes WHERE endpoint IN (SELECT endpoint FROM owed) ORDER BY endpoint FOR UPDATE
  ), due AS (
    UPDATE webhooks.lanes SET due_at = LEAST(due_at, $1) FROM lane WHERE lanes.endpoint = lane.endpoint
  )
  SELECT count(*)::int AS owed FROM owed`;

const AGAIN = "DO UPDATE SET status = 'pending', tries = 0, due_at = excluded.due_at";
const NEWS = owe(`event.position > $2 AND event.position <= $3 AND NOT event.history AND endpoint.status IN ('active', 'paused')`, 'DO NOTHING');
const REPLAY = owe('event.position > $2 AND endpoint.id = $3', AGAIN);
const RECOVERY = owe(`event.recorded_at >= $2 AND endpoint.id = $3 AND NOT event.history`, `${AGAIN} WHERE deliveries.status = 'failed'`);

const run = async (client: PoolClient, text: string, values: unknown[]): Promise<number> => {
  const { rows } = await client.query<{ owed: number }>(text, values);
  return rows[0]?.owed ?? 0;
};

/** What the events after a position, up to another, are owed to; not of history, which is no news to anyone. */
export const oweNews = (client: PoolClient, now: string, after: number, upTo: number): Promise<number> => run(client, NEWS, [now, after, upTo]);

/** Everything after a position to one endpoint, history and what it has already included. */
export const oweReplay = (client: PoolClient, now: string, endpoint: string, after: number): Promise<number> => run(client, REPLAY, [now, after, endpoint]);

/** To one endpoint, what was news since an instant and has not reached it: also what came while it was disabled. */
export const oweRecovery = (client: PoolClient, now: string, endpoint: string, since: string): Promise<number> => run(client, RECOVERY, [now, since, endpoint]);
