import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mailsIn, MOST_BYTES } from './mails-in.js';

describe('the mails of a file', () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'pacta-mails-')); });
  afterAll(() => rm(folder, { recursive: true }));
  const mailsOf = async (text: string | Buffer): Promise<string[]> => {
    const path = join(folder, 'mails');
    await writeFile(path, text);
    const mails: string[] = [];
    for await (const mail of mailsIn(path)) mails.push(mail === 'too-large' ? mail : mail.toString('latin1'));
    return mails;
  };

  it('are one where it is a single message, whatever its text begins with', async () => {
    expect(await mailsOf('Subject: a\r\n\r\nFrom here on\r\n\r\nFrom there on\r\n')).toEqual(['Subject: a\r\n\r\nFrom here on\r\n\r\nFrom there on\r\n']);
    expect(await mailsOf('')).toEqual([]);
  });

  it('are those of a mailbox, without its marks', async () => {
    const mailbox = 'From MAILER-DAEMON Wed Apr  1 08:00:07 2026\nSubject: a\n\n>From here\n>>From there\nFrom a line in the midst\n\nFrom x Wed Apr  1\nSubject: b\n\ntext\n';
    expect(await mailsOf(mailbox)).toEqual(['Subject: a\n\nFrom here\n>From there\nFrom a line in the midst\n\n', 'Subject: b\n\ntext\n']);
    expect(await mailsOf(mailbox.replaceAll('\n', '\r\n'))).toHaveLength(2);
  });

  it('keep their bytes', async () => {
    expect(await mailsOf(Buffer.from([0x41, 0xff, 0x00, 0x0a, 0xe9]))).toEqual(['A\u00ff\u0000\n\u00e9']);
  });

  it('are passed over where they are too large, and those after them are not', async () => {
    const large = `From x\nSubject: a\n\n${'x'.repeat(MOST_BYTES * 3)}\n\nFrom y\nSubject: b\n\ntext\n`;
    expect(await mailsOf(large)).toEqual(['too-large', 'Subject: b\n\ntext\n']);
    expect(await mailsOf(`From x\n${`${'x'.repeat(99)}\n`.repeat(MOST_BYTES / 50)}`)).toEqual(['too-large']);
  });
});
