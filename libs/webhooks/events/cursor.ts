import type { Pool, PoolClient } from 'pg';
import { type EventLog, type Landmark, OtherEventLog, type RecordedEvent, whereIs } from '#event-log';

/**
 * How far the log has been taken in: a position of the public log, which outsiders know, and the one in the log of facts
 * that it stands for. They are the same until the log is moved to another server; from then on they differ by a constant,
 * so positions of the public log go on where they were.
 */
export interface Cursor {
  position: number;
  logPosition: number;
  /** The event that it stands behind, by which the log is known again; null where none is known. */
  last: Landmark | null;
}

export const readCursor = async (pool: Pool): Promise<Cursor> => cursorFrom((await pool.query<Row>(SELECT)).rows);

/** To itself, until the transaction ends. */
export const takeCursor = async (client: PoolClient): Promise<Cursor> => cursorFrom((await client.query<Row>(`${SELECT} FOR UPDATE`)).rows);

/** Behind an event, which is at this position of the public log. */
export const moveCursor = async (client: PoolClient, position: number, last: RecordedEvent): Promise<void> => {
  await client.query('UPDATE webhooks.cursor SET position = $1, stream = $2, revision = $3, event = $4, event_position = $5', [position, last.stream, last.revision, last.id, last.position]);
};

/**
 * Where to go on from in this log; changes nothing.
 *
 * @throws {OtherEventLog} the event last taken in is not in this log
 */
export const placeIn = async (log: EventLog, { logPosition, last }: Cursor): Promise<number> => {
  const found = last ? await whereIs(log, last) : await endsAt(log, logPosition);
  if (found === null) {
    throw new OtherEventLog('The event that webhooks took in last is not in the event log. Is EVENT_LOG_URL the log that belongs to this DATABASE_URL? If the log is an older state of it, brought back from a backup: npm run pacta -- restored (docs/operations.md).');
  }
  return found;
};

/**
 * The same, and in a log that was moved, where the event last taken in is at another place, the cursor stands for that
 * place from now on.
 */
export const cursorIn = async (pool: Pool, log: EventLog): Promise<number> => {
  const cursor = await readCursor(pool);
  const found = await placeIn(log, cursor);
  if (found !== cursor.logPosition) await pool.query('UPDATE webhooks.cursor SET ahead = position - $1, event_position = $1 WHERE event = $2 AND event_position = $3', [found, cursor.last?.id, cursor.logPosition]);
  return found;
};

/** Of a cursor that a former version moved: no event is known by which the log could be known again, but one must be there. */
const endsAt = async (log: EventLog, position: number): Promise<number | null> => {
  if (position === 0 || !log.dense) return position;
  const { events: [event] } = await log.readAll({ after: position - 1, max: 1 });
  return event ? position : null;
};

/**
 * Of a log that was brought back from an older backup: goes on from its end. What was published and is not in it any more
 * stays published, and later positions are greater. False where the cursor stands in the log as it is.
 */
export const goOnFromEnd = async (pool: Pool, log: EventLog): Promise<boolean> => {
  const { last } = await readCursor(pool);
  if (!last || (await whereIs(log, last)) !== null) return false;
  await pool.query('UPDATE webhooks.cursor SET ahead = position - $1, event = NULL', [await log.lastPosition()]);
  return true;
};

interface Row {
  position: string;
  log_position: string;
  stream: string;
  revision: number;
  event: string | null;
  event_position: string | null;
}

const SELECT = 'SELECT position, position - ahead AS log_position, stream, revision, event, event_position FROM webhooks.cursor';

const cursorFrom = ([row]: Row[]): Cursor => {
  if (!row) throw new Error('webhooks.cursor has no row.');
  const { stream, revision, event: id, event_position } = row;
  const [position, logPosition] = [Number(row.position), Number(row.log_position)];
  // A former version has moved on from there.
  const last = id !== null && Number(event_position) === logPosition ? { stream, revision, id, position: logPosition } : null;
  return { position, logPosition, last };
};
