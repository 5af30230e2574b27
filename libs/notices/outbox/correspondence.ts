import type { Pool } from 'pg';
import { v5 } from 'uuid';
import type { EventLog, JsonObject, NewEvent } from '#event-log';
import { type Clock, instantOf } from '#platform';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';

/** What becomes of a message, as a fact of each State's correspondence that it speaks of. Ids of contacts, never names. */
const FACTS: Readonly<Partial<Record<MessageStatus, string>>> = {
  planned: 'ReminderPlanned.v1', held: 'ReminderHeld.v1', skipped: 'ReminderSkipped.v1', suppressed: 'ReminderSuppressed.v1', sent: 'ReminderSent.v1',
  failed: 'ReminderFailed.v1', unknown: 'ReminderOutcomeUnknown.v1', bounced: 'ReminderBounced.v1',
};

/** `of`: a State, or `all` for what concerns the letters of a treaty as a whole. */
export const correspondenceStream = (treaty: string, of: string): string => `correspondence-${treaty}-${of}`;

/**
 * Writes into the log what the rows say, and then that it did: a process that dies between the two writes the same
 * events once more, and the log knows them by their ids.
 */
export const recordCorrespondence = async (pool: Pool, log: EventLog, clock: Clock, onRecorded?: OnRecorded, most = 200): Promise<number> => {
  const { rows } = await pool.query<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE NOT on_record AND status = ANY($1) ORDER BY changed_at LIMIT $2`, [Object.keys(FACTS), most]);
  // At once: the log makes one transaction of what comes together.
  await Promise.all(rows.flatMap((row) => row.states.map((iso3) => append(log, clock, row, iso3))));
  await pool.query(
    `UPDATE notices.messages AS message SET on_record = true FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS told (id, status, changed_at)
     WHERE message.id = told.id AND message.status = told.status AND date_trunc('milliseconds', message.changed_at) = told.changed_at`,
    [rows.map(({ id }) => id), rows.map(({ status }) => status), rows.map(({ changedAt }) => changedAt)],
  );
  sayStates(rows, onRecorded);
  return rows.length;
};

export type OnRecorded = (state: MessageStatus, messages: number) => void;

export const sayStates = (rows: readonly Pick<MessageRow, 'status'>[], onRecorded: OnRecorded = () => undefined): void => {
  for (const [status, those] of Map.groupBy(rows, (row) => row.status)) onRecorded(status, those.length);
};

/** What a message came to, or came to on its way, in the stream of one State. Said twice, it is written once. */
export const append = (log: EventLog, clock: Clock, row: Told, iso3: string): Promise<void> => {
  const { id, on, role, contactId, language, messageId, sha256, reason, response, status, about } = row;
  const type = FACTS[status];
  // Its steps between planned and sent are no facts of their own.
  if (type === undefined) return Promise.resolve();
  return appendOnce(log, correspondenceStream(row.treaty, iso3), {
    id: v5(`${id} ${status} ${iso3} ${row.changedAt.toISOString()}`, NAMESPACE), type, recordedAt: instantOf(clock),
    data: { message: id, on, to: role, contactId, language, messageId, sha256, reason, response, about: about.filter((one) => one.iso3 === iso3) as unknown as JsonObject[] },
    metadata: { actor: row.changedBy, correlation: id },
  });
};

export type Told = Omit<MessageRow, 'sendAfter' | 'attempts' | 'insteadOf' | 'meantFor'>;

/** Expecting nothing, so it cannot be turned down; the same id again writes nothing. */
export const appendOnce = async (log: EventLog, stream: string, event: NewEvent): Promise<void> => {
  await log.append(stream, [event], { expected: 'any' });
};

export const NAMESPACE = '5d0c1c0f-3f8a-4f5b-9d7e-2f0c9b9b7a10';
