import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import type { Mailbox } from '../email/index.js';

/** A letter in the embedded mailbox, as a list shows it. */
export interface KeptLetter {
  /** Its Message-ID without the brackets. */
  id: string;
  /** Day of its Date header, UTC. */
  on: string;
  /** Instant at which it was put there. */
  storedAt: string;
  bytes: number;
  from: string;
  to: string;
  subject: string;
  /** Its Date header as an instant. */
  date: string | null;
}

/** The same letter taken apart. */
export interface OpenedLetter extends Pick<KeptLetter, 'id' | 'from' | 'to' | 'subject' | 'date' | 'bytes'> {
  text: string | null;
  html: string | null;
  /** As they were written, in their order. */
  headers: { name: string; value: string }[];
  attachments: { name: string | null; type: string; bytes: number }[];
}

export interface KeptPage {
  items: KeptLetter[];
  /** Whether there are older ones. */
  more: boolean;
}

/** Newest first; `after`: those older than that one. */
export const listLetters = async (mailbox: Mailbox, { limit, after }: { limit: number; after?: Pick<KeptLetter, 'id' | 'on' | 'storedAt'> }): Promise<KeptPage> => {
  const stored = await mailbox.list(limit + 1, after && { messageId: `<${after.id}>`, on: after.on, storedAt: after.storedAt });
  const items = await Promise.all(stored.slice(0, limit).map(async ({ messageId, on, storedAt, bytes }): Promise<KeptLetter> => {
    const mime = await mailbox.read(messageId);
    return { id: idOf(messageId), on, storedAt, bytes, ...summaryOf(await parsed(mime === null ? Buffer.alloc(0) : headOf(mime))) };
  }));
  return { items, more: stored.length > limit };
};

/** Null where there is no such letter. */
export const openLetter = async (mailbox: Mailbox, id: string): Promise<OpenedLetter | null> => {
  const mime = await mailbox.read(`<${id}>`);
  if (!mime) return null;
  const mail = await parsed(mime);
  return {
    id, bytes: mime.length, ...summaryOf(mail), text: mail.text ?? null, html: typeof mail.html === 'string' ? mail.html : null,
    headers: mail.headerLines.map(({ line }) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/\r?\n[ \t]+/g, ' ').trim() };
    }),
    attachments: mail.attachments.map(({ filename, contentType, size }) => ({ name: filename ?? null, type: contentType, bytes: size })),
  };
};

const parsed = (mime: Buffer): Promise<ParsedMail> => simpleParser(mime, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true });

/** All that a list shows stands before the first empty line. */
const headOf = (mime: Buffer): Buffer => {
  const end = mime.indexOf('\r\n\r\n');
  return end === -1 ? mime : mime.subarray(0, end + 4);
};

const summaryOf = ({ from, to, subject, date }: ParsedMail): Pick<KeptLetter, 'from' | 'to' | 'subject' | 'date'> => ({
  from: textOf(from), to: textOf(to), subject: subject ?? '', date: date && !Number.isNaN(date.getTime()) ? date.toISOString() : null,
});

const textOf = (addresses: AddressObject | AddressObject[] | undefined): string => [addresses ?? []].flat().map(({ text }) => text).join(', ');

const idOf = (messageId: string): string => messageId.replace(/^<|>$/g, '');
