import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { domainOf } from '../addresses.js';
import { oneLine } from '../letter/clean.js';
import type { Rendered, Sender } from '../notice.js';

export interface Envelope {
  from: Sender;
  to: { name?: string; address: string };
  /** Instant for the Date header. */
  date: string;
}

/**
 * The whole message as bytes: text, HTML and calendar as alternatives, the calendar also as an attachment. The same input
 * gives the same bytes, so their SHA-256 says what was said. Signing (DKIM) is left to the moment of sending.
 */
export const compose = async ({ messageId, subject, text, html, ics, headers }: Rendered, { from, to, date }: Envelope): Promise<Buffer> => {
  domainOf(to.address);
  const message = new MailComposer({
    // The library would draw one at random. Encoded parts hold no line that begins with it.
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    boundaryPrefix: '--_pacta',
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
    messageId,
    date: new Date(Temporal.Instant.from(date).epochMilliseconds),
    from: { name: oneLine(from.name), address: from.address },
    // A header cannot be broken within a word, and servers take no line over 998 characters.
    to: { name: [...oneLine(to.name ?? '')].slice(0, LONGEST_NAME).join(''), address: to.address },
    subject: oneLine(subject),
    text,
    html,
    ...(ics === null ? {} : { icalEvent: { method: 'PUBLISH', filename: 'deadlines.ics', content: ics } }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { prepared: true, foldLines: name !== 'List-Unsubscribe', value: oneLine(value) }])),
  });
  return await message.compile().build();
};

const LONGEST_NAME = 200;
