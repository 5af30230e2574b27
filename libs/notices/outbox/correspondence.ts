import type { Pool } from 'pg';
import { v5 } from 'uuid';
import { AppendConflict, type EventLog, type JsonObject } from '#event-log';
import { type Clock, instantOf } from '#platform';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';

/** What becomes of a message, as a fact of each State's correspondence that it speaks of. Ids of contacts, never names. */
const FACTS: Readonly<Partial<Record<MessageStatus, string>>> = {
  planned: 'ReminderPlanned.v1', held: 'ReminderHeld.v1', skipped: 'ReminderSkipped.v1', suppressed: 'ReminderSuppressed.v1', sent: 'ReminderSent.v1',
  failed: 'ReminderFailed.v1', unknown: 'ReminderOutcomeUnknown.v1', bounced: 'ReminderBounced.v1',
};

const correspondenceStream = (treaty: string, iso3: string): string => `correspondence-${treaty}-${iso3}`;

/**
 * Writes into the log what the rows say, and then that it did: a process that dies between the two writes the same
 * events once more, and the log knows them by their ids.
 */
export const recordCorrespondence = async (pool: Pool, log: EventLog, clock: Clock, most = 200): Promise<number> => {
  const { rows } = await pool.query<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE NOT on_record AND status = ANY($1) ORDER BY changed_at LIMIT $2`, [Object.keys(FACTS), most]);
  for (const row of rows) {
    for (const iso3 of row.states) await append(log, clock, row, iso3);
    await pool.query('UPDATE notices.messages SET on_record = true WHERE id = $1 AND status = $2 AND changed_at = $3', [row.id, row.status, row.changedAt]);
  }
  return rows.length;
};

const append = async (log: EventLog, clock: Clock, row: MessageRow, iso3: string): Promise<void> => {
  const { id, on, role, contactId, language, messageId, sha256, reason, response, status, about } = row;
  const event = {
    id: v5(`${id} ${status} ${iso3} ${row.changedAt.toISOString()}`, NAMESPACE), type: FACTS[status] as string, recordedAt: instantOf(clock),
    data: { message: id, on, to: role, contactId, language, messageId, sha256, reason, response, about: about.filter((one) => one.iso3 === iso3) as unknown as JsonObject[] } as JsonObject,
    metadata: { actor: row.changedBy, correlation: id } as JsonObject,
  };
  for (let attempt = 1; ; attempt++) {
    try {
      await log.append(correspondenceStream(row.treaty, iso3), [event], { expected: 'any' });
      return;
    } catch (error) {
      if (!(error instanceof AppendConflict) || attempt === 5) throw error;
    }
  }
};

const NAMESPACE = '5d0c1c0f-3f8a-4f5b-9d7e-2f0c9b9b7a10';
