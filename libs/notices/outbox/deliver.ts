import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type Clock, inSpan, instantOf } from '#platform';
import type { Contacts } from '../contacts/contacts.js';
import { type Contact, isReachable } from '../contacts/contact.js';
import { compose, isMailAddress, type Mailer, type Outcome, type Sender } from '../email/index.js';
import type { HandOn } from '../fallback/hand-on.js';
import { impersonal } from './impersonal.js';
import type { MessageRow, MessageStatus } from './message-row.js';
import { Steps } from './steps.js';
import { together } from './together.js';
import { sendAfter } from './working-hours.js';
import type { Wording } from './wording.js';

export interface DelivererSettings {
  from: Sender;
  /** Where a message to the registrar goes. */
  registrar: string;
  /** Where a message comes back to if it cannot be delivered. */
  returnAddress: (id: string) => string;
}

/** Seconds before the next try, after a server said "not now" or could not be reached; then it has failed. */
const RETRY_AFTER = [60, 300, 1_800, 7_200, 18_000, 36_000];
/** What was put into words longer ago is assessed once more before it leaves. */
const FRESH = { minutes: 15 };

/**
 * Takes one message one step further, and again until it rests. Each step is written down before the next begins:
 *
 *   planned → (assessed again: suppressed, or) rendered and stored → sending → sent, failed or unknown
 *
 * What was being sent when a process died may have arrived: it becomes `unknown`, for a person to look at, and is never
 * sent again by itself.
 */
export class Deliverer {
  private readonly steps: Steps;
  private readonly contactOf = together((ids: readonly string[]) => this.contacts.findAll(ids));

  constructor(
    private readonly pool: Pool,
    private readonly contacts: Contacts,
    private readonly wording: Wording,
    private readonly handOn: HandOn,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly settings: DelivererSettings,
  ) {
    this.steps = new Steps(pool, clock);
  }

  async deliver(id: string): Promise<void> {
    const row = await this.steps.find(id);
    if (!row || row.sendAfter.getTime() > this.clock.now().epochMilliseconds) return;
    const to = await this.addressOf(row);
    const opening = sendAfter(row.on, to?.timeZone ?? 'UTC', this.clock.now());
    if (Temporal.Instant.compare(opening, this.clock.now()) > 0) return this.steps.postpone(id, opening);
    if (row.status === 'planned') await this.prepareOrPutOff(row, to);
    else if (await this.isSettled(row, to)) return this.rest(id, 'rendered', 'suppressed', SETTLED);
    await this.send(id, to?.email ?? null);
  }

  /** Of messages that were being sent when their process died. `before`: no process of ours sends for so long. */
  giveUpOnLost(before: Temporal.Instant): Promise<number> {
    return this.steps.giveUpOnLost(before);
  }

  /** Waits no longer for what the mail server has not answered: that ends as unknown, or is tried again if nothing was handed over. */
  hangUp(): void {
    this.mailer.close();
  }

  /** A message that cannot be put into words ends as failed too, in the same time as one that no server takes. */
  private async prepareOrPutOff(row: MessageRow, to: Contact | Registrar | null): Promise<void> {
    try {
      await this.prepare(row, to);
    } catch (error) {
      const wait = RETRY_AFTER[row.attempts];
      if (wait === undefined) await this.rest(row.id, 'planned', 'failed', 'It could not be put into words; the log of the service says why.');
      else await this.steps.later(row.id, 'planned', this.clock.now().add({ seconds: wait }), null);
      throw error;
    }
  }

  /** Between the first try and this one its reports may have come in. */
  private async isSettled(row: MessageRow, to: Contact | Registrar | null): Promise<boolean> {
    if (!to || row.changedAt.getTime() > this.clock.now().subtract(FRESH).epochMilliseconds) return false;
    return (await this.wording.of(row, to)) === null;
  }

  /** Assessed again, put into words, stored: from here on nothing changes what it says. */
  private async prepare(row: MessageRow, to: Contact | Registrar | null): Promise<void> {
    if (!to) return this.toNext(row.id, 'planned');
    const notice = await this.wording.of(row, to);
    if (!notice) return this.rest(row.id, 'planned', 'suppressed', SETTLED);
    const mime = await compose(notice.rendered, { from: this.settings.from, to: { name: to.name ?? undefined, address: to.email as string }, date: instantOf(this.clock) });
    // What it says of a State may have been held back, and taken out of it, meanwhile: then it is put into words anew.
    await this.pool.query(
      `UPDATE notices.messages SET status = 'rendered', about = $2, mime = $3, sha256 = $4, message_id = $5, changed_at = $6
       WHERE id = $1 AND status = 'planned' AND states = $7 AND NOT EXISTS (SELECT FROM notices.contacts AS contact WHERE contact.id::text = contact_id AND contact.erased_on IS NOT NULL)`,
      [row.id, JSON.stringify(notice.about), mime, createHash('sha256').update(mime).digest('hex'), notice.rendered.messageId, instantOf(this.clock), row.states],
    );
  }

  private async send(id: string, address: string | null): Promise<void> {
    const claimed = await this.steps.claim(id);
    if (!claimed) return;
    if (!claimed.mime || address === null) return this.toNext(id, 'sending');
    const { mime } = claimed;
    const outcome = await inSpan('deliver letter', { correlation: id }, () => this.mailer.send(mime, { from: this.settings.returnAddress(id), to: address }));
    await this.record(id, claimed.attempts, outcome, address);
    if (this.mailer.mailbox) await this.steps.ifErased(id, (messageId) => this.mailer.mailbox?.remove(messageId));
  }

  private async record(id: string, attempts: number, outcome: Outcome, address: string): Promise<void> {
    const said = impersonal('response' in outcome ? outcome.response : outcome.error, [{ email: address }]);
    switch (outcome.kind) {
      case 'sent':
        return this.rest(id, 'sending', 'sent', null, said);
      case 'rejected':
        return this.refused(id, outcome, said, address);
      case 'unknown':
        return this.rest(id, 'sending', 'unknown', 'The mail server did not say whether it took it.', said);
      case 'deferred':
      case 'unreachable':
        return this.later(id, attempts, said);
    }
  }

  /** Only what says that there is no such mailbox speaks of the contact; a server refuses for many other reasons. */
  private async refused(id: string, { code, at, response }: Outcome & { kind: 'rejected' }, said: string, address: string): Promise<void> {
    const reason = `The mail server refused it for good (${code}).`;
    if (at !== 'recipient' || !NO_SUCH_MAILBOX.test(response)) return this.rest(id, 'sending', 'failed', reason, said);
    await this.handOn.end({ id, from: ['sending'], to: 'failed', reason, response: said, unreachable: ({ email }) => email === address });
  }

  /** A State's letters do not end with one person. */
  private async toNext(id: string, from: 'planned' | 'sending'): Promise<void> {
    await this.handOn.end({ id, from: [from], to: 'suppressed', reason: 'The contact can no longer be written to.', response: null });
  }

  private async later(id: string, attempts: number, response: string): Promise<void> {
    const wait = RETRY_AFTER[attempts - 1];
    if (wait === undefined) return this.rest(id, 'sending', 'failed', `The mail server did not take it in ${attempts} tries.`, response);
    await this.steps.later(id, 'sending', this.clock.now().add({ seconds: wait }), response);
  }

  private rest(id: string, from: MessageStatus, to: MessageStatus, reason: string | null, response: string | null = null): Promise<void> {
    return this.steps.rest({ id, from, to, reason, response });
  }

  private async addressOf(row: MessageRow): Promise<Contact | Registrar | null> {
    if (row.role === 'registrar') return { name: null, office: null, email: this.settings.registrar, timeZone: 'UTC' };
    const contact = await this.contactOf(row.contactId);
    return contact && isReachable(contact) && isMailAddress(contact.email ?? '') ? contact : null;
  }
}

/** The registrar's mailbox is a setting, not a person on the list. */
export interface Registrar {
  name: null;
  office: null;
  email: string;
  timeZone: 'UTC';
}

/** RFC 3463: 5.1.x speak of the address, 5.2.1 of a mailbox that is no longer in use. */
const NO_SUCH_MAILBOX = /\b5\.(1\.\d{1,3}|2\.1)\b/;

const SETTLED = 'What it was to speak of is settled.';
