import type { Pool, PoolClient } from 'pg';
import { v5 } from 'uuid';
import { type Clock, inTransaction, instantOf, todayOf, withRetries } from '#platform';
import type { DossierReader } from '#read-models';
import { END_OF_TIME, treatyAt, type TreatyRules } from '#treaty';
import { CONTACT_COLUMNS, type Contact } from '../contacts/contact.js';
import { messageIdFor } from '../email/index.js';
import { lockHolds, reconcile } from '../holds/reconcile.js';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from '../outbox/message-row.js';
import { sendAfter } from '../outbox/working-hours.js';
import type { Recipient, RecipientRole, Subject } from '../plan/day-plan.js';
import { inOffice } from '../plan/offices.js';
import { workingDayAfter } from '../plan/working-days.js';
import { nextRecipient } from './next-recipient.js';

/** How a message ended without having reached anybody. */
export interface Ending {
  id: string;
  /** From where it ends; from anywhere else it does not. */
  from: readonly MessageStatus[];
  to: 'suppressed' | 'failed' | 'bounced';
  reason: string;
  /** What a mail server said, without names and addresses. */
  response: string | null;
  /** Whether its contact can no longer be reached: told of the contact, as it is now, and what was sent to it. */
  unreachable?: (contact: Contact, mime: Buffer | null) => boolean;
}

/** Tries, two seconds apart at the most: what has come back must not pass for what has arrived. */
const PATIENCE = 30;

interface Ended extends MessageRow {
  mime: Buffer | null;
}

/**
 * Ends a message that did not reach whom it was for, and in the same transaction writes down the one that goes to the
 * next in line: a letter that is owed is never lost in silence. The next one's id follows from this one's.
 */
export class HandOn {
  constructor(
    private readonly pool: Pool,
    private readonly reader: DossierReader,
    private readonly treaties: ReadonlyMap<string, TreatyRules>,
    private readonly clock: Clock,
    private readonly settings: { mailDomain: string },
  ) {}

  /** @returns false where the message was no longer where it was to end from; nothing has changed then */
  async end(ending: Ending): Promise<boolean> {
    const { rows } = await this.pool.query<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE id = $1`, [ending.id]);
    const [row] = rows;
    if (!row) return false;
    const offices = await this.officesOf(row);
    const inOne = () => inTransaction(this.pool, async (client) => {
      // Of two that end at one moment, the second sees whom the first was handed on to.
      await lockHolds(client, row.treaty);
      const { rows: ended } = await client.query<Ended>(
        `UPDATE notices.messages SET status = $3, reason = $4, response = COALESCE($5, response), changed_at = $6, changed_by = 'pacta', on_record = false WHERE id = $1 AND status = ANY($2) RETURNING ${MESSAGE_COLUMNS}, mime`,
        [ending.id, ending.from, ending.to, ending.reason, ending.response, instantOf(this.clock)],
      );
      const [message] = ended;
      if (!message) return false;
      const { rows: contacts } = await client.query<Contact>(`SELECT ${CONTACT_COLUMNS} FROM notices.contacts ORDER BY iso3, role, id`);
      await this.markUnreachable(client, ending, message, contacts);
      await this.toNext(client, message, contacts, offices);
      return true;
    });
    return withRetries(inOne, PATIENCE);
  }

  private async markUnreachable(client: PoolClient, { unreachable }: Ending, { contactId, mime }: Ended, contacts: Contact[]): Promise<void> {
    const contact = contacts.find(({ id }) => id === contactId);
    if (!contact || contact.erasedOn !== null || !unreachable?.(contact, mime)) return;
    const { rows } = await client.query<{ since: string }>(
      'UPDATE notices.contacts SET unreachable_since = COALESCE(unreachable_since, $2) WHERE id = $1 AND erased_on IS NULL AND email = $3 RETURNING unreachable_since::text AS since', [contact.id, todayOf(this.clock), contact.email],
    );
    contact.unreachableSince = rows[0]?.since ?? null;
  }

  private async toNext(client: PoolClient, message: Ended, contacts: readonly Contact[], offices: readonly string[]): Promise<void> {
    const first = message.insteadOf ?? message.id;
    const meantFor: RecipientRole = message.meantFor ?? message.role;
    const { rows: chain } = await client.query<{ contactId: string }>('SELECT contact_id AS "contactId" FROM notices.messages WHERE id = $1 OR instead_of = $1', [first]);
    const next = nextRecipient({ meantFor, about: message.about, tried: chain.map(({ contactId }) => contactId), contacts, inOffice: offices, told: await toldOnThatDay(client, message, first) });
    if (!next) return;
    await this.write(client, message, { first, meantFor, ...next, timeZone: contacts.find(({ id }) => id === next.recipient.contactId)?.timeZone ?? 'UTC' });
    // What is on hold is held for whoever it goes to.
    await reconcile(client, message.treaty, instantOf(this.clock));
  }

  private async write(client: PoolClient, { id: before, treaty }: Ended, { first, meantFor, recipient, about, timeZone }: { first: string; meantFor: RecipientRole; recipient: Recipient; about: readonly Subject[]; timeZone: string }): Promise<void> {
    const id = v5(`${before} instead`, NAMESPACE);
    const on = workingDayAfter(todayOf(this.clock));
    await client.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, instead_of, meant_for)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
      [
        id, treaty, on, recipient.role, recipient.contactId, recipient.language, JSON.stringify(about), [...new Set(about.map(({ iso3 }) => iso3))],
        sendAfter(on, timeZone, this.clock.now()).toString(), messageIdFor(id, this.settings.mailDomain), instantOf(this.clock), first, meantFor,
      ],
    );
  }

  /** States in office for every theme that the letter is about, as at today. */
  private async officesOf({ treaty, about, states, role, meantFor }: MessageRow): Promise<string[]> {
    const rules = this.treaties.get(treaty);
    const [iso3] = states;
    if (!rules || iso3 === undefined || (meantFor ?? role) !== 'coordinator') return [];
    const today = todayOf(this.clock);
    const { record } = await this.reader.state(rules.id, iso3);
    const { appointments, meetings } = treatyAt(rules, record, { asAt: today, knownOn: today, recordedBy: END_OF_TIME });
    const themes = new Set(about.map(({ article }) => rules.obligations.find((one) => one.article === article)?.theme ?? rules.reports.theme));
    const [some = [], ...others] = [...themes].map((theme) => inOffice(appointments, meetings, theme, today));
    return some.filter((one) => others.every((other) => other.includes(one)));
  }
}

/** Also what was handed on since, from letters of the same day. */
const toldOnThatDay = async (client: PoolClient, { id, treaty, states }: Ended, first: string): Promise<Map<string, Subject[]>> => {
  const { rows } = await client.query<{ contactId: string; about: Subject[] }>(
    `SELECT message.contact_id AS "contactId", message.about FROM notices.messages AS message LEFT JOIN notices.messages AS origin ON origin.id = message.instead_of
     WHERE message.treaty = $1 AND message.states && $2 AND message.id <> $3 AND message.status NOT IN ('skipped', 'suppressed', 'failed', 'bounced')
       AND COALESCE(origin.on_day, message.on_day) = (SELECT on_day FROM notices.messages WHERE id = $4)`,
    [treaty, states, id, first],
  );
  const told = new Map<string, Subject[]>();
  for (const { contactId, about } of rows) told.set(contactId, [...(told.get(contactId) ?? []), ...about]);
  return told;
};

const NAMESPACE = '7f2d0a55-0c3e-4a68-8d3c-3b1f0f5d9c21';
