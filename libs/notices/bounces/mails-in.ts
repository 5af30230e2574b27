import { createReadStream } from 'node:fs';

/** A mail of a file; of one that is too large, only that it was. */
export type MailInFile = Buffer | 'too-large';

/** More than any notice of a mail server needs; what it returns of a letter is cut off by most servers long before. */
export const MOST_BYTES = 1024 * 1024;

/** The mails of a file: a mailbox (mbox, RFC 4155) or a single message, read as it comes so that a mailbox may be of any size. */
export async function* mailsIn(path: string): AsyncGenerator<MailInFile> {
  let mail: Buffer[] = [];
  let size = 0;
  let isMailbox = false;
  let afterBlank = true;
  let first = true;
  const whole = (): MailInFile => (size > MOST_BYTES ? 'too-large' : Buffer.concat(mail));
  for await (const line of linesOf(path)) {
    const separates = line.length >= 5 && line.toString('latin1', 0, 5) === 'From ' && (first || (isMailbox && afterBlank));
    if (separates) {
      if (!first && size > 0) yield whole();
      [mail, size, isMailbox] = [[], 0, true];
    } else {
      size += line.length;
      // Lines that would have looked like the start of a mail were marked when they were put there.
      if (size <= MOST_BYTES) mail.push(isMailbox && /^>+From /.test(line.toString('latin1', 0, 80)) ? line.subarray(1) : line);
    }
    afterBlank = line.length <= 2 && line.toString('latin1').trim() === '';
    first = false;
  }
  if (size > 0) yield whole();
}

/** With their line ends; a line longer than a mail may be comes in pieces. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      yield bytes.subarray(from, end + 1);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length <= MOST_BYTES) continue;
    yield rest;
    rest = Buffer.alloc(0);
  }
  if (rest.length > 0) yield rest;
}
