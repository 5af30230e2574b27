import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type Clock, instantOf } from '#platform';
import type { Contacts } from '../contacts/contacts.js';
import { type Contact, isReachable } from '../contacts/contact.js';
import { compose, domainOf, type Mailer, type Outcome, returnAddress, type Sender } from '../email/index.js';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';
import { sendAfter } from './working-hours.js';
import type { Wording } from './wording.js';

export interface DelivererSettings {
  from: Sender;
  /** Where a message to the registrar goes. */
  registrar: string;
}

/** Seconds before the next try, after a server said "not now" or could not be reached; then it has failed. */
const RETRY_AFTER = [60, 300, 1_800, 7_200, 18_000, 36_000];

/**
 * Takes one message one step further, and again until it rests. Each step is written down before the next begins:
 *
 *   planned → (assessed again: suppressed, or) rendered and stored → sending → sent, failed or unknown
 *
 * What was being sent when a process died may have arrived: it becomes `unknown`, for a person to look at, and is never
 * sent again by itself.
 */
export class Deliverer {
  constructor(
    private readonly pool: Pool,
    private readonly contacts: Contacts,
    private readonly wording: Wording,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly settings: DelivererSettings,
  ) {}

  async deliver(id: string): Promise<void> {
    const row = await this.find(id);
    if (!row || row.sendAfter.getTime() > this.clock.now().epochMilliseconds) return;
    const to = await this.addressOf(row);
    const opening = sendAfter(row.on, to?.timeZone ?? 'UTC', this.clock.now());
    if (Temporal.Instant.compare(opening, this.clock.now()) > 0) return this.postpone(id, opening);
    if (row.status === 'planned') await this.prepare(row, to);
    await this.send(id, to?.email ?? null);
  }

  /** It was to go out in working hours, and nobody was there to send it. */
  private async postpone(id: string, until: Temporal.Instant): Promise<void> {
    await this.pool.query(`UPDATE notices.messages SET send_after = $2 WHERE id = $1 AND status IN ('planned', 'rendered')`, [id, until.toString()]);
  }

  /** Of messages that were being sent when their process died. `before`: no process of ours sends for so long. */
  async giveUpOnLost(before: Temporal.Instant): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE notices.messages SET status = 'unknown', reason = 'The process that was sending it ended before the mail server had answered.', changed_at = $1, changed_by = 'pacta', on_record = false
       WHERE status = 'sending' AND changed_at < $2`,
      [instantOf(this.clock), before.toString()],
    );
    return rowCount ?? 0;
  }

  /** Assessed again, put into words, stored: from here on nothing changes what it says. */
  private async prepare(row: MessageRow, to: Contact | Registrar | null): Promise<void> {
    if (!to) return this.rest(row.id, 'planned', 'suppressed', 'The contact can no longer be written to.');
    const notice = await this.wording.of(row, to);
    if (!notice) return this.rest(row.id, 'planned', 'suppressed', 'What it was to speak of is settled.');
    const mime = await compose(notice.rendered, { from: this.settings.from, to: { name: to.name ?? undefined, address: to.email as string }, date: instantOf(this.clock) });
    await this.pool.query(
      `UPDATE notices.messages SET status = 'rendered', about = $2, mime = $3, sha256 = $4, message_id = $5, changed_at = $6
       WHERE id = $1 AND status = 'planned' AND NOT EXISTS (SELECT FROM notices.contacts AS contact WHERE contact.id::text = contact_id AND contact.erased_on IS NOT NULL)`,
      [row.id, JSON.stringify(notice.about), mime, createHash('sha256').update(mime).digest('hex'), notice.rendered.messageId, instantOf(this.clock)],
    );
  }

  private async send(id: string, address: string | null): Promise<void> {
    // Whoever turns `rendered` into `sending` sends; a second worker finds nothing to turn.
    const { rows } = await this.pool.query<{ mime: Buffer | null; attempts: number }>(
      `UPDATE notices.messages SET status = 'sending', attempts = attempts + 1, changed_at = $2 WHERE id = $1 AND status = 'rendered' RETURNING mime, attempts`,
      [id, instantOf(this.clock)],
    );
    const [row] = rows;
    if (!row) return;
    if (!row.mime || address === null) return this.rest(id, 'sending', 'suppressed', 'The contact can no longer be written to.');
    const outcome = await this.mailer.send(row.mime, { from: returnAddress(id, domainOf(this.settings.from.address)), to: address });
    await this.record(id, row.attempts, outcome);
  }

  private async record(id: string, attempts: number, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'sent':
        return this.rest(id, 'sending', 'sent', null, outcome.response);
      case 'rejected':
        return this.rest(id, 'sending', 'failed', `The mail server refused it for good (${outcome.code}).`, outcome.response);
      case 'unknown':
        return this.rest(id, 'sending', 'unknown', 'The mail server did not say whether it took it.', outcome.error);
      case 'deferred':
      case 'unreachable':
        return this.later(id, attempts, outcome.kind === 'deferred' ? outcome.response : outcome.error);
    }
  }

  private async later(id: string, attempts: number, response: string): Promise<void> {
    const wait = RETRY_AFTER[attempts - 1];
    if (wait === undefined) return this.rest(id, 'sending', 'failed', `The mail server did not take it in ${attempts} tries.`, response);
    await this.pool.query(`UPDATE notices.messages SET status = 'rendered', send_after = $2, response = $3, changed_at = $4 WHERE id = $1 AND status = 'sending'`, [
      id, this.clock.now().add({ seconds: wait }).toString(), withoutAddresses(response), instantOf(this.clock),
    ]);
  }

  private async rest(id: string, from: MessageStatus, to: MessageStatus, reason: string | null, response: string | null = null): Promise<void> {
    await this.pool.query(`UPDATE notices.messages SET status = $3, reason = $4, response = COALESCE($5, response), changed_at = $6, changed_by = 'pacta', on_record = false WHERE id = $1 AND status = $2`, [
      id, from, to, reason, response === null ? null : withoutAddresses(response), instantOf(this.clock),
    ]);
  }

  private async find(id: string): Promise<MessageRow | null> {
    const { rows } = await this.pool.query<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE id = $1 AND status IN ('planned', 'rendered')`, [id]);
    return rows[0] ?? null;
  }

  private async addressOf(row: MessageRow): Promise<Contact | Registrar | null> {
    if (row.role === 'registrar') return { name: null, office: null, email: this.settings.registrar, timeZone: 'UTC' };
    const contact = await this.contacts.find(row.contactId);
    return contact && isReachable(contact) ? contact : null;
  }
}

/** The registrar's mailbox is a setting, not a person on the list. */
export interface Registrar {
  name: null;
  office: null;
  email: string;
  timeZone: 'UTC';
}

/** Mail servers like to repeat whom they refuse; the record keeps ids, never addresses. */
const withoutAddresses = (response: string): string => response.replace(/[^\s<>"']+@[^\s<>"']+/g, '(address)').slice(0, 1_000);
