import type { Pool } from 'pg';
import { type Clock, inTransaction, instantOf, Problem } from '#platform';
import { ENDPOINT_STATUSES } from '../endpoints/endpoint.js';

interface DeliveryAttempt {
  /** Instant of the call. */
  at: string;
  /** Null where there was no answer; `response` then says why. */
  status: number | null;
  durationMs: number;
  /** The first kilobyte. */
  response: string;
}

export interface DeliveryView {
  id: string;
  /** The `webhook-id` of each attempt. */
  eventId: string;
  type: string;
  status: 'pending' | 'delivered' | 'failed';
  /** Of the next attempt, while there is one to come. */
  nextAttemptAt?: string;
  attempts: DeliveryAttempt[];
}

/** Where a page of the log ended. */
interface Place {
  position: number;
  trial: number;
}

/** What was sent to an endpoint, and what came of it. Whether somebody may see an endpoint is asked before. */
export class DeliveryLog {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
    private readonly wake: (at: Temporal.Instant) => void,
  ) {}

  /** The newest first. @param after id of the last delivery of the page before */
  async page(endpoint: string, limit: number, after?: string): Promise<DeliveryView[]> {
    const from = after === undefined ? { position: Number.MAX_SAFE_INTEGER, trial: 0 } : placeOf(after).place;
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM webhooks.deliveries WHERE endpoint = $1 AND (position, trial) < ($2, $3) ORDER BY position DESC, trial DESC LIMIT $4`, [endpoint, from.position, from.trial, limit],
    );
    return rows.map(viewOf);
  }

  async find(id: string): Promise<{ endpoint: string; delivery: DeliveryView }> {
    const { endpoint, place } = placeOf(id);
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM webhooks.deliveries WHERE endpoint = $1 AND position = $2 AND trial = $3`, [endpoint, place.position, place.trial]);
    if (!rows[0]) throw unknownDelivery();
    return { endpoint, delivery: viewOf(rows[0]) };
  }

  /** How many are due now and how many wait for their next try, to whatever endpoint. */
  async waiting(): Promise<{ due: number; later: number }> {
    const { rows: [row] } = await this.pool.query<{ due: number; later: number }>(
      "SELECT count(*) FILTER (WHERE due_at <= $1)::int AS due, count(*) FILTER (WHERE due_at > $1)::int AS later FROM webhooks.deliveries WHERE status = 'pending'", [instantOf(this.clock)],
    );
    return row ?? { due: 0, later: 0 };
  }

  /** How many endpoints there are of each status. */
  async endpoints(): Promise<Record<string, number>> {
    const { rows } = await this.pool.query<{ status: string; count: number }>('SELECT status, count(*)::int AS count FROM webhooks.endpoints GROUP BY status');
    return { ...Object.fromEntries(ENDPOINT_STATUSES.map((status) => [status, 0])), ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
  }

  /** Makes a delivery due again, whatever came of it; with the same event under the same id. */
  async resend(id: string): Promise<DeliveryView> {
    const { endpoint, place } = placeOf(id);
    if (place.trial !== 0) throw new Problem(409, 'not-resent', 'A challenge or a test is not sent again. Ask for a new one.');
    await inTransaction(this.pool, async (client) => {
      const { rows: [row] } = await client.query<{ status: string }>('SELECT status FROM webhooks.endpoints WHERE id = $1 FOR SHARE', [endpoint]);
      if (!row) throw unknownDelivery();
      if (row.status !== 'active' && row.status !== 'paused') throw new Problem(409, 'not-in-that-state', `This endpoint is ${row.status}. Resume it first: it must answer our challenge before anything is sent.`);
      const { rowCount } = await client.query("UPDATE webhooks.deliveries SET status = 'pending', tries = 0, due_at = $3 WHERE endpoint = $1 AND position = $2 AND trial = 0", [endpoint, place.position, instantOf(this.clock)]);
      if (rowCount === 0) throw unknownDelivery();
      await client.query('UPDATE webhooks.lanes SET due_at = LEAST(due_at, $2), not_before = NULL WHERE endpoint = $1', [endpoint, instantOf(this.clock)]);
    });
    this.wake(this.clock.now());
    return (await this.find(id)).delivery;
  }
}

/** `endpoint.position`, and for a challenge or a test its number. */
const placeOf = (id: string): { endpoint: string; place: Place } => {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,15})(?:\.(\d{1,9}))?$/.exec(id);
  if (!found) throw unknownDelivery();
  return { endpoint: found[1] as string, place: { position: Number(found[2]), trial: Number(found[3] ?? 0) } };
};

const unknownDelivery = (): Problem => new Problem(404, 'unknown-delivery', 'There is no such delivery among yours. GET /v1/webhooks/{id}/deliveries lists them.');

const COLUMNS = 'endpoint, position, trial, event_id, type, status, due_at, attempts';

interface Row {
  endpoint: string;
  position: string;
  trial: number;
  event_id: string;
  type: string;
  status: DeliveryView['status'];
  due_at: Date;
  attempts: DeliveryAttempt[];
}

const viewOf = ({ endpoint, position, trial, event_id, type, status, due_at, attempts }: Row): DeliveryView => ({
  id: `${endpoint}.${position}${trial === 0 ? '' : `.${trial}`}`, eventId: event_id, type, status, ...(status === 'pending' ? { nextAttemptAt: due_at.toISOString() } : {}), attempts,
});
