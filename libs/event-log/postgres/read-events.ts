import type { Pool } from 'pg';
import { TIME_LIMIT } from '#platform';
import type { Filter, JsonObject, Position, ReadAllOptions, ReadOptions, RecordedEvent } from '../port.js';

/** Events on a page unless asked otherwise. */
const PAGE = 1_000;

const COLUMNS = `position, stream, revision, id, type, data, metadata,
  to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Rows as arrays: for a hundred thousand events that is a good deal faster than objects by column name. */
type EventRow = [string, string, number, string, string, JsonObject, JsonObject, string];

export const readStream = async (
  pool: Pool, stream: string, { from, direction = 'forwards', max = PAGE }: ReadOptions = {},
): Promise<RecordedEvent[]> => {
  const [reaches, order, start] = direction === 'forwards' ? ['>=', 'ASC', 0] : ['<=', 'DESC', 2 ** 31];
  const page = await pool.query<EventRow>({
    text: `SELECT ${COLUMNS} FROM log.events
      WHERE stream = $1 AND revision ${reaches} $2::bigint ORDER BY revision ${order} LIMIT $3`,
    values: [stream, from ?? start, max],
    ...ARRAYS,
  });
  return page.rows.map(recorded);
};

/** A page of the whole log, and the newest position there was at the same moment. */
export interface Page {
  events: RecordedEvent[];
  next: Position;
  head: Position;
}

export const readPage = async (pool: Pool, { after = 0, filter, max = PAGE }: ReadAllOptions = {}): Promise<Page> => {
  const values: unknown[] = [after, max];
  // One statement is one snapshot: what the page does not hold up to this head, no later page will.
  const page = await pool.query<[string, ...(EventRow | null[])]>({
    text: `SELECT head.position, found.*
      FROM (SELECT position FROM log.head LIMIT 1) AS head LEFT JOIN LATERAL (
        SELECT ${COLUMNS} FROM log.events WHERE position > $1 ${conditions(filter, values)} ORDER BY position LIMIT $2
      ) AS found ON true ORDER BY found.position`,
    values,
    ...ARRAYS,
  });
  const head = Number(page.rows[0]![0]);
  const events = page.rows.filter((row) => row[1] !== null).map(([, ...event]) => recorded(event as EventRow));
  // A full page ends at its last event; a short one has seen everything there was.
  const next = events.length < max ? Math.max(head, after) : events.at(-1)!.position;
  return { events, next, head };
};

export const readHead = async (pool: Pool): Promise<Position> => {
  const head = await pool.query<[string]>({ text: 'SELECT position FROM log.head', ...ARRAYS });
  return Number(head.rows[0]![0]);
};

/** An empty list matches nothing: none of none. */
const conditions = ({ streamPrefixes, types }: Filter = {}, values: unknown[]): string => {
  const clauses: string[] = [];
  if (types) clauses.push(`AND type = ANY ($${values.push(types)})`);
  if (streamPrefixes) {
    // Spelled out one by one, because the planner makes an index range of "begins with" but not of "begins with any of".
    const begins = streamPrefixes.map((prefix) => `stream ^@ $${values.push(prefix)}`);
    clauses.push(`AND (${begins.join(' OR ') || 'false'})`);
  }
  return clauses.join(' ');
};

const recorded = ([position, stream, revision, id, type, data, metadata, recordedAt]: EventRow): RecordedEvent => ({
  id, type, data, metadata,
  // Written with milliseconds, read with milliseconds; finer digits are kept where there are any.
  recordedAt: recordedAt.endsWith('000Z') ? `${recordedAt.slice(0, -4)}Z` : recordedAt,
  stream, revision, position: Number(position),
});

const ARRAYS = { rowMode: 'array' as const, query_timeout: TIME_LIMIT };
