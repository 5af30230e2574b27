import type { Pool, PoolClient } from 'pg';
import type { PublicEvent } from '../catalogue/public-event.js';

export interface EventFilter {
  types?: readonly string[];
  treaty?: string;
  states?: readonly string[];
  theme?: string;
}

/** Whether an event is asked for: what `MATCHES` says, where the event is at hand. */
export const isAskedFor = ({ types, treaty, states, theme }: EventFilter, event: PublicEvent): boolean =>
  (types?.includes(event.type) ?? true) && (treaty ?? event.treaty) === event.treaty && (states?.includes(event.state ?? '') ?? true) && (theme ?? event.theme) === event.theme;

/** The public events as they stand in their table: what deliveries, feeds and replay are made from. */
export class PublishedEvents {
  constructor(private readonly pool: Pool) {}

  /**
   * Those after a position, oldest first. `next` is where to go on from: the last position that was looked at, so that a
   * reader who finds nothing still moves on. At most what was there when it was asked.
   */
  async after(position: number, limit: number, filter: EventFilter = {}): Promise<{ items: PublicEvent[]; next: number }> {
    const { rows } = await this.pool.query<Row & { cursor: string }>(
      `SELECT cursor.position AS cursor, event.* FROM webhooks.cursor LEFT JOIN LATERAL (
         SELECT ${COLUMNS} FROM webhooks.events WHERE position > $1 AND position <= cursor.position AND ${MATCHES} ORDER BY position LIMIT $6
       ) AS event ON true ORDER BY event.position`,
      [position, ...valuesOf(filter), limit],
    );
    const items = rows.filter((row) => row.position !== null).map(eventOf);
    const next = items.length === limit ? (items.at(-1)?.position ?? position) : Number(rows[0]?.cursor ?? 0);
    return { items, next: Math.max(next, position) };
  }

  /** The newest first. */
  async newest(limit: number, filter: EventFilter = {}): Promise<PublicEvent[]> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM webhooks.events WHERE $1::bigint IS NULL AND ${MATCHES} ORDER BY position DESC LIMIT $6`, [null, ...valuesOf(filter), limit]);
    return rows.map(eventOf);
  }

  /** Corrections and retractions of events, oldest first. */
  async amending(ids: readonly string[]): Promise<PublicEvent[]> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM webhooks.events WHERE ${AMENDS} = ANY($1::text[]) AND type IN ('fact.corrected', 'fact.retracted') ORDER BY position`, [ids]);
    return rows.map(eventOf);
  }

  async at(positions: readonly number[]): Promise<PublicEvent[]> {
    const { rows } = await this.pool.query<Row>(`SELECT ${COLUMNS} FROM webhooks.events WHERE position = ANY($1::bigint[])`, [positions]);
    return rows.map(eventOf);
  }

  /** Up to where the log has been taken in. */
  async position(): Promise<number> {
    const { rows } = await this.pool.query<{ position: string }>('SELECT position FROM webhooks.cursor');
    return Number(rows[0]?.position ?? 0);
  }
}

/** Writes events down; in the transaction that moves the cursor. */
export const publish = (client: PoolClient, events: readonly PublicEvent[]): Promise<unknown> =>
  client.query(
    `INSERT INTO webhooks.events (position, id, type, version, treaty, state, meeting, theme, recorded_at, history, says)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::boolean[], $11::json[])`,
    [
      events.map(({ position }) => position), events.map(({ id }) => id), events.map(({ type }) => type), events.map(({ version }) => version), events.map(({ treaty }) => treaty), events.map(({ state }) => state),
      events.map(({ meeting }) => meeting), events.map(({ theme }) => theme), events.map(({ time }) => time), events.map(({ history }) => history),
      events.map(({ dates, details, source }) => JSON.stringify({ dates, details, source })),
    ],
  );

/** Types and themes of facts, by their ids: what a correction speaks of. */
export const concernedIn = async (client: PoolClient, ids: readonly string[]): Promise<Map<string, { type: string; theme: string | null }>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; type: string; theme: string | null }>('SELECT id, type, theme FROM webhooks.events WHERE id = ANY($1::uuid[])', [ids]);
  return new Map(rows.map(({ id, type, theme }) => [id, { type, theme }]));
};

const COLUMNS = `position, id, type, version, treaty, state, meeting, theme, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time, history, says`;
const MATCHES = '($2::text[] IS NULL OR type = ANY($2)) AND ($3::text IS NULL OR treaty = $3) AND ($4::text[] IS NULL OR state = ANY($4)) AND ($5::text IS NULL OR theme = $5)';
const AMENDS = "(says -> 'details' ->> 'fact')";

const valuesOf = ({ types, treaty, states, theme }: EventFilter): unknown[] => [types ?? null, treaty ?? null, states ?? null, theme ?? null];

interface Row extends Omit<PublicEvent, 'position' | 'dates' | 'details' | 'source'> {
  position: string;
  says: Pick<PublicEvent, 'dates' | 'details' | 'source'>;
}

const eventOf = ({ position, id, type, version, treaty, state, meeting, theme, time, history, says }: Row): PublicEvent => ({ id, position: Number(position), type, version, treaty, state, meeting, theme, time, history, ...says });
