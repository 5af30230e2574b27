import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMailer } from './mailer.js';

const ENVELOPE = { from: 'bounces+n1@isu.example', to: 'focal@mfa.example' };
const message = (id: string, date = 'Fri, 02 Jan 2026 08:00:00 +0000', text = 'Hello'): Buffer => Buffer.from(`Subject: Test\r\nMessage-ID:\r\n <${id}>\r\nDate: ${date}\r\n\r\n${text}\r\n`);

let home: string;
beforeEach(async () => { home = await mkdtemp(join(tmpdir(), 'pacta-mailbox-')); });
afterEach(() => rm(home, { recursive: true, force: true }));

describe('the embedded mailbox, where no SMTP server is set', () => {
  const opened = () => {
    const mailer = createMailer({ home });
    if (!mailer.mailbox) throw new Error('There is no mailbox.');
    return { ...mailer, mailbox: mailer.mailbox };
  };

  it('keeps each message as a file that any mail program opens, and gives it back', async () => {
    const { send, verify, mailbox } = opened();
    await verify();
    expect(await mailbox.list()).toEqual([]);
    expect(await send(message('n1@isu.example'), ENVELOPE)).toEqual({ kind: 'sent', response: 'kept in the embedded mailbox' });
    expect(await readdir(join(home, 'mailbox', '2026-01-02'))).toEqual(['n1@isu.example.eml']);
    expect(await mailbox.read('<n1@isu.example>')).toEqual(message('n1@isu.example'));
    expect(await mailbox.read('<n2@isu.example>')).toBeNull();
  });

  it('keeps a message once, however often and however closely together it is sent', async () => {
    const { send, mailbox } = opened();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send(message('n1@isu.example'), ENVELOPE)));
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(await send(message('n1@isu.example', undefined, 'Other'), ENVELOPE)).toEqual({ kind: 'sent', response: 'already in the embedded mailbox' });
    expect(await mailbox.list()).toHaveLength(1);
    expect(await mailbox.read('<n1@isu.example>')).toEqual(message('n1@isu.example'));
    expect(await readdir(join(home, 'mailbox', '2026-01-02'))).toEqual(['n1@isu.example.eml']);
  });

  it('lists the newest first', async () => {
    const { send, mailbox } = opened();
    await send(message('a@isu.example'), ENVELOPE);
    await send(message('b@isu.example'), ENVELOPE);
    await send(message('c@isu.example', 'Mon, 05 Jan 2026 08:00:00 +0000'), ENVELOPE);
    await utimes(join(home, 'mailbox', '2026-01-02', 'a@isu.example.eml'), 1, 1);
    expect((await mailbox.list()).map(({ messageId, on }) => [messageId, on])).toEqual([['<c@isu.example>', '2026-01-05'], ['<b@isu.example>', '2026-01-02'], ['<a@isu.example>', '2026-01-02']]);
    expect(await mailbox.list(1)).toHaveLength(1);
  });

  it('lets no Message-ID name a file elsewhere', async () => {
    const { send, mailbox } = opened();
    expect(await send(message('../../../escaped@isu.example'), ENVELOPE)).toMatchObject({ kind: 'sent' });
    expect(await readdir(home)).toEqual(['mailbox']);
    expect((await mailbox.list()).map(({ messageId }) => messageId)).toEqual(['<../../../escaped@isu.example>']);
  });

  it('says what could not be kept instead of throwing', async () => {
    const { send } = opened();
    expect(await send(Buffer.from('no headers'), ENVELOPE)).toEqual({ kind: 'unreachable', error: 'A message needs a Message-ID and a Date.' });
  });
});
