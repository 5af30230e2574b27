import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { domainOf, messageIdFor } from '../addresses.js';
import { oneLine } from '../letter/clean.js';
import type { Sender } from '../notice.js';

/** A letter about the service itself, in English and in plain text: no reminder, and nothing to unsubscribe from. */
export interface PlainLetter {
  /** The same for the same letter, so that a mail server knows a repeat. */
  id: string;
  subject: string;
  text: string;
}

/** The whole letter as bytes. @param date instant for the Date header */
export const composePlain = async ({ id, subject, text }: PlainLetter, { from, to, date }: { from: Sender; to: string; date: string }): Promise<Buffer> => {
  domainOf(to);
  const messageId = messageIdFor(id, domainOf(from.address));
  const message = new MailComposer({
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    newline: 'windows', disableFileAccess: true, disableUrlAccess: true, messageId, date: new Date(Temporal.Instant.from(date).epochMilliseconds),
    from: { name: oneLine(from.name), address: from.address }, to: { name: '', address: to }, subject: oneLine(subject), text,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply', 'Content-Language': 'en' },
  });
  return await message.compile().build();
};
