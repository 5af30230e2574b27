import { type ParsedMail, simpleParser } from 'mailparser';
import { type DeliveryStatus, deliveryStatusesIn, fieldsOf, statusIn } from './delivery-status.js';

/** What came in at a return address. */
export type Incoming =
  | ({ kind: 'report' } & Report)
  /** Somebody is out of the office, or has read it: says nothing about delivery. */
  | { kind: 'auto-reply' }
  /** A letter from a person, spam, or nothing that can be read. */
  | { kind: 'other' };

export interface Report {
  /** One for each recipient that it speaks of; at least one. */
  statuses: DeliveryStatus[];
  /** All in which our own return address may stand. */
  text: string;
  /** Of the message that it is about, as far as it says. */
  messageIds: string[];
  /** Headers of the message that came back; empty where they were not sent along. */
  returned: string;
}

/** Reads a delivery status notification (RFC 3464), or an Exim notice of before it had those. Never throws: what cannot be read is `other`. */
export const readReport = async (mail: Buffer): Promise<Incoming> => {
  const parsed = await simpleParser(mail, { keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true }).catch(() => null);
  if (!parsed) return { kind: 'other' };
  const head = headOf(mail.toString('latin1'));
  const fields = fieldsOf(head);
  const parts = parsed.attachments.map(({ contentType, content }) => ({ contentType, text: content.toString('utf8') }));
  const told = parts.filter(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType)).flatMap(({ text }) => deliveryStatusesIn(text));
  const statuses = told.length > 0 ? told : inWords(fields, parsed);
  if (statuses.length === 0) return { kind: isAutoReply(fields) ? 'auto-reply' : 'other' };
  const returned = headOf(parts.find(({ contentType }) => RETURNED.test(contentType))?.text ?? copyIn(parsed.text ?? ''));
  const messageIds = [fieldsOf(returned).get('message-id'), fields.get('in-reply-to'), fields.get('references')].flatMap((text) => text?.match(/<[^<>\s]+>/g) ?? []);
  return { kind: 'report', statuses, messageIds: [...new Set(messageIds)], returned, text: [head, parsed.text ?? '', ...parts.map(({ text }) => text)].join('\n').replace(/\r?\n[ \t]+/g, ' ') };
};

const RETURNED = /^(message\/(rfc822|global)(-headers)?|text\/rfc822-headers|message\/global-headers)$/;

const headOf = (text: string): string => text.split(/\r?\n\r?\n/, 1)[0] ?? '';

/** Before 4.86 Exim named who failed in a header and the reason in the text. */
const inWords = (fields: ReadonlyMap<string, string>, { text }: ParsedMail): DeliveryStatus[] => {
  const failed = fields.get('x-failed-recipients');
  if (failed === undefined || !/^auto-/i.test(fields.get('auto-submitted') ?? '')) return [];
  const [said = ''] = (text ?? '').split(COPY);
  const reason = /^.*\b[45]\d\d[ -].*$/m.exec(said)?.[0]?.trim() ?? null;
  return [{ action: 'failed', status: statusIn(reason ?? '') ?? '5.0.0', diagnostic: reason, recipients: failed.split(/\s*,\s*/) }];
};

const COPY = /^-{4,} This is a copy of .*$/m;
const copyIn = (text: string): string => text.split(COPY)[1]?.trimStart() ?? '';

const isAutoReply = (fields: ReadonlyMap<string, string>): boolean =>
  /^auto-/i.test(fields.get('auto-submitted') ?? '') || fields.has('x-autoreply') || fields.has('x-autorespond') || /auto.?reply/i.test(fields.get('precedence') ?? '')
  || /report-type="?disposition-notification/i.test(fields.get('content-type') ?? '');
