import type { Pool } from 'pg';
import type { Contacts } from '../contacts/contacts.js';
import type { HandOn } from '../fallback/hand-on.js';
import { impersonal } from '../outbox/impersonal.js';
import type { LinkTokens } from '../outbox/links.js';
import { MESSAGE_COLUMNS, type MessageRow } from '../outbox/message-row.js';
import type { DeliveryStatus } from './delivery-status.js';
import { MOST_BYTES } from './mails-in.js';
import { readReport, type Report } from './read-report.js';
import type { ReturnAddresses } from './return-addresses.js';

/** What a mail that came back came to. */
export interface TakenBounce {
  /** `bounced`: the message did not arrive, and went to the next in line; `noted`: nothing changes but what is known of it; `ignored`: says nothing about a message of ours. */
  outcome: 'bounced' | 'noted' | 'known-already' | 'ignored';
  /** In a sentence. */
  detail: string;
  /** The message that it is about. */
  message: string | null;
  /** Enhanced status code (RFC 3463), as far as one was given: `5.1.1`. */
  status: string | null;
}

type Letter = MessageRow & { head: string | null };

/** Takes in what mail servers send back. The same mail twice changes nothing more, and one that is not understood changes nothing. */
export class Bounces {
  constructor(
    private readonly pool: Pool,
    private readonly contacts: Contacts,
    private readonly addresses: ReturnAddresses,
    private readonly tokens: LinkTokens,
    private readonly handOn: HandOn,
  ) {}

  async takeIn(mail: Buffer): Promise<TakenBounce> {
    if (mail.length > MOST_BYTES) return ignored(TOO_LARGE);
    const incoming = await readReport(mail);
    if (incoming.kind === 'auto-reply') return ignored('This is an automatic reply, such as of somebody who is away: it says nothing about the delivery.');
    if (incoming.kind === 'other') return ignored('This is not a delivery report (RFC 3464).');
    const found = await this.letterOf(incoming);
    if (typeof found === 'string') return ignored(found);
    const contact = found.role === 'registrar' ? null : await this.contacts.find(found.contactId);
    const said = statusFor(incoming.statuses, contact?.email ?? null);
    const diagnostic = said.diagnostic === null ? null : impersonal(said.diagnostic, [...said.recipients.map((email) => ({ email })), ...(contact ? [contact] : [])]);
    return this.apply(found, said, diagnostic);
  }

  private async apply(letter: Letter, { action, status }: DeliveryStatus, diagnostic: string | null): Promise<TakenBounce> {
    const about = { message: letter.id, status };
    if (action === 'delivered') return { ...about, outcome: 'noted', detail: 'It says that the message was delivered. Nothing changes.' };
    if (letter.status === 'bounced') return { ...about, outcome: 'known-already', detail: 'That this message did not arrive is on record already.' };
    if (action === 'delayed') {
      await this.pool.query(`UPDATE notices.messages SET response = $2 WHERE id = $1 AND status IN ('sending', 'sent', 'unknown') AND mime IS NOT NULL`, [letter.id, diagnostic ?? `Delayed (${status ?? 'no reason given'}).`]);
      return { ...about, outcome: 'noted', detail: 'The message is delayed, and its mail server tries on. Nothing changes.' };
    }
    const code = status === null ? '' : ` (${status})`;
    // A server that gave up after days of trying (4.4.7) says nothing against the address.
    const forGood = status?.startsWith('4') !== true;
    const ended = await this.handOn.end({
      id: letter.id, from: ['sending', 'sent', 'unknown'], to: 'bounced', response: diagnostic,
      reason: forGood ? `It was returned: it cannot be delivered to this address${code}.` : `It was returned: a mail server gave up trying to deliver it${code}.`,
      unreachable: ({ email }) => forGood && wasTo(letter, email),
    });
    if (ended) return { ...about, outcome: 'bounced', detail: `The message did not arrive${code}. It goes to the next in line.` };
    const { status: now } = (await this.find(letter.id)) ?? letter;
    if (now === 'bounced') return { ...about, outcome: 'known-already', detail: 'That this message did not arrive is on record already.' };
    return { ...about, outcome: 'noted', detail: `The message is ${now}, so there is nothing that could have come back. Nothing changes.` };
  }

  /**
   * By a return address that we signed; else by the Message-ID that came back. Forecasts show Message-IDs to anyone, so
   * one counts only with what nobody else knows: the signed link of the letter, or the address that it went to.
   */
  private async letterOf({ text, messageIds, returned, statuses }: Report): Promise<Letter | string> {
    for (const id of this.addresses.namedIn(text)) {
      const letter = await this.find(id);
      if (letter) return letter;
    }
    const linked = new Set([...returned.replace(/\r?\n[ \t]+/g, ' ').matchAll(/\/u\/([\w-]+\.[\w-]{22})/g)].map(([, token = '']) => this.tokens.read(token)));
    let known = false;
    for (const messageId of messageIds.slice(0, MOST_IDS)) {
      const id = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(messageId)?.[1]?.toLowerCase();
      const letter = id === undefined ? null : await this.find(id);
      if (letter?.messageId !== messageId) continue;
      known = true;
      if (linked.has(letter.contactId) || statuses.some(({ recipients }) => recipients.some((one) => wasTo(letter, one)))) return letter;
    }
    return known ? 'It names a message of ours, but neither its return address nor whom it went to: anybody could have made it up.' : 'It is about no message of ours.';
  }

  private async find(id: string): Promise<Letter | null> {
    const { rows } = await this.pool.query<MessageRow & { mime: Buffer | null }>(`SELECT ${MESSAGE_COLUMNS}, mime FROM notices.messages WHERE id = $1`, [id]);
    const [row] = rows;
    if (!row) return null;
    const { mime, ...message } = row;
    return { ...message, head: mime?.toString('latin1').split('\r\n\r\n', 1)[0] ?? null };
  }
}

const MOST_IDS = 20;

export const TOO_LARGE = `This mail is larger than ${MOST_BYTES / 1024} kB: no delivery report is.`;

export const ignored = (detail: string): TakenBounce => ({ outcome: 'ignored', detail, message: null, status: null });

/** What it says of the contact; else the worst that it says. */
const statusFor = (statuses: readonly DeliveryStatus[], email: string | null): DeliveryStatus =>
  (statuses.find(({ recipients }) => email !== null && recipients.some((one) => one.toLowerCase() === email.toLowerCase())) ?? statuses.find(({ action }) => action === 'failed') ?? statuses[0]) as DeliveryStatus;

/** Whether the stored message is addressed to this address. */
const wasTo = ({ head }: Letter, address: string | null): boolean => {
  const to = /^To:(.*(?:\r\n[ \t].*)*)/im.exec(head ?? '')?.[1]?.toLowerCase();
  return address !== null && to !== undefined && to.split(/[\s<>,]+/).includes(address.toLowerCase());
};
