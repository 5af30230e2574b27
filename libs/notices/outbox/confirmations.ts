import type { PoolClient } from 'pg';
import { v5 } from 'uuid';
import { type Day, plus } from '#treaty';
import { confirmationDueSince } from '../contacts/confirmation.js';
import { type Contact, isReachable } from '../contacts/contact.js';
import { messageIdFor } from '../email/index.js';
import { templateLanguage } from '../simulation/sample-directory.js';
import type { MessageRow } from './message-row.js';
import { sendAfter } from './working-hours.js';

/** A message about nothing asks its contact for the yearly confirmation. */
export const asksToConfirm = ({ about, role }: Pick<MessageRow, 'about' | 'role'>): boolean => about.length === 0 && role !== 'registrar';

/** Every letter carries the link; whoever had one within so many days is not written to for that alone. */
const QUIET_DAYS = 30;
/** A list that was taken in on one day falls due on one day. */
const MOST_A_DAY = 50;

export interface Asking {
  treaty: string;
  day: Day;
  now: Temporal.Instant;
  mailDomain: string;
  /** How many more messages the day may have. */
  room: number;
}

/**
 * Writes down the letters that ask for nothing but the confirmation, once for each contact and year, whatever treaties
 * are live. Who finds no room today is still due tomorrow.
 *
 * @returns how many were written down
 */
export const askToConfirm = async (client: PoolClient, contacts: readonly Contact[], { treaty, day, now, mailDomain, room }: Asking): Promise<number> => {
  const due = contacts.flatMap((contact) => {
    const since = isReachable(contact) ? confirmationDueSince(contact, day) : null;
    return since === null ? [] : [{ ...contact, message: v5(`confirm ${contact.id} ${since}`, NAMESPACE) }];
  });
  if (due.length === 0 || room <= 0) return 0;
  const { rows } = await client.query<{ id: string }>(
    `SELECT due.id FROM unnest($1::text[], $2::uuid[]) AS due (id, message)
     WHERE NOT EXISTS (SELECT FROM notices.messages AS letter WHERE letter.id = due.message)
       AND NOT EXISTS (SELECT FROM notices.messages AS letter WHERE letter.contact_id = due.id AND letter.on_day > $3 AND letter.status NOT IN ('skipped', 'suppressed', 'failed', 'bounced'))`,
    [due.map(({ id }) => id), due.map(({ message }) => message), plus(day, { days: -QUIET_DAYS })],
  );
  const silent = new Set(rows.map(({ id }) => id));
  const asked = due.filter(({ id }) => silent.has(id)).slice(0, Math.min(room, MOST_A_DAY));
  await client.query(
    `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
     SELECT row.id, $1, $2, row.role, row.contact_id, row.language, '[]', ARRAY[row.iso3], 'planned', row.send_after, row.message_id, $3
     FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::text[]) AS row (id, role, contact_id, language, iso3, send_after, message_id)
     ON CONFLICT (id) DO NOTHING`,
    [
      treaty, day, now.toString({ smallestUnit: 'millisecond' }),
      asked.map(({ message }) => message), asked.map(({ role }) => role), asked.map(({ id }) => id), asked.map(({ language }) => templateLanguage(language)), asked.map(({ iso3 }) => iso3),
      asked.map(({ timeZone }) => sendAfter(day, timeZone, now).toString()), asked.map(({ message }) => messageIdFor(message, mailDomain)),
    ],
  );
  return asked.length;
};

const NAMESPACE = '2c8e1f36-94d7-4f0b-8b57-6f1f5d6a0e43';
