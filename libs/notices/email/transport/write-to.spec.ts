import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { StoppedClock } from '#platform';
import { createMailer } from './mailer.js';
import { writingTo } from './write-to.js';

it('a letter about the service goes out as plain text that says that nobody typed it, once however often it is written', async () => {
  const home = await mkdtemp(join(tmpdir(), 'pacta-write-'));
  try {
    const mailer = createMailer({ home });
    const write = writingTo(mailer, { name: 'ISU', address: 'isu@pacta.example' }, new StoppedClock(Temporal.Instant.from('2026-12-01T08:00:00Z')));
    const letter = { id: 'webhook-1', subject: 'Your endpoint\r\nBcc: x@example.org', text: 'Nothing more is sent.\n' };
    expect(await write('reader@example.org', letter)).toBe(true);
    expect(await write('reader@example.org', letter)).toBe(true);
    const [stored, ...more] = (await mailer.mailbox?.list()) ?? [];
    expect(more).toEqual([]);
    const mail = await simpleParser((await mailer.mailbox?.read(stored?.messageId ?? '')) ?? Buffer.alloc(0));
    expect(mail).toMatchObject({ subject: 'Your endpoint Bcc: x@example.org', text: 'Nothing more is sent.\n', html: false, messageId: '<webhook-1@pacta.example>' });
    expect([mail.headers.get('auto-submitted'), mail.headers.has('bcc')]).toEqual(['auto-generated', false]);
    await expect(write('no address', letter)).rejects.toThrow('not an e-mail address');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
