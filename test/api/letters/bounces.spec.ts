import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CCM } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { rowsOf } from '../../support/log.js';
import { problemIn, refusalIn } from '../../support/problem.js';
import { registrarKey, runCli } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

interface Taken {
  outcome: string;
  detail: string;
  message: string | null;
  status: string | null;
}
interface Item {
  id: string;
  status: string;
  to: string;
  contactId: string;
  reason: string | null;
  insteadOf: string | null;
}
interface Letter {
  id: string;
  email: string;
  contactId: string;
  returnAddress: string;
  unsubscribe: string;
}

describe('what mail servers send back', () => {
  const own = ownService({ REGISTRAR_MAILBOX: 'registrar@example.org' });
  const registrar = () => ({ authorization: `Bearer ${registrarKey()}` });
  let secret: Buffer;
  let folder: string;
  let count = 0;
  /** A State of its own for each test, of which nothing has been written yet. */
  const STATES = ['BOL', 'CHL', 'COD', 'COG', 'COK', 'COL', 'COM', 'CPV', 'CRI', 'CUB', 'CZE', 'DNK', 'DOM', 'ECU', 'FJI', 'GIN', 'GTM', 'GUY', 'HND', 'HRV'];
  let iso3 = '';
  beforeAll(async () => {
    secret = (await rowsOf<{ secret: Buffer }>(own.database, 'SELECT secret FROM notices.secret'))[0]?.secret as Buffer;
    folder = await mkdtemp(join(tmpdir(), 'pacta-bounces-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(() => { iso3 = STATES[count] as string; });

  const contact = async (role: string, email = `${role}${++count}.exemplo@mfa.example`): Promise<{ id: string; email: string }> => (await post<{ id: string; email: string }>(own.service, '/v1/contacts', { role, iso3, name: 'Maria Exemplo', email })).body;
  const contactNow = async (id: string) => (await get<{ unreachableSince: string | null; reachable: boolean }>(own.service, `/v1/contacts/${id}`, registrar())).body;
  const correspondence = async () => (await get<{ items: Item[] }>(own.service, `${CCM}/states/${iso3}/correspondence`, registrar())).body.items;
  const itemsTo = async (id: string) => (await correspondence()).filter(({ contactId }) => contactId === id);
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();

  /** As if it had gone out: stored, and sent. Its State's next contacts are written to at night, so that they wait. */
  const sent = async ({ id: contactId, email }: { id: string; email: string }, role = 'focal-point'): Promise<Letter> => {
    const id = randomUUID();
    const unsubscribe = `https://isu.example/u/${contactId}.${sign(contactId).toString('base64url').slice(0, 22)}`;
    await rowsOf(
      own.database,
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, attempts, message_id, changed_at, mime, sha256)
       VALUES ($1, 'ccm', '2026-01-30', $2, $3, 'en', $4, ARRAY[$5], 'sent', now(), 1, $6, now(), $7, 'abc')`,
      [id, role, contactId, JSON.stringify([{ iso3, article: 7, kind: 'annual-report', year: 2025, dueOn: '2026-04-30', step: 'Y-02-01' }]), iso3, `<${id}@pacta.example>`, `From: ISU <isu@pacta.example>\r\nTo: Maria Exemplo <${email}>\r\nMessage-ID: <${id}@pacta.example>\r\nList-Unsubscribe: <${unsubscribe}>\r\n\r\nText`],
    );
    return { id, email, contactId, unsubscribe, returnAddress: `bounces+${id}.${sign(`bounce ${id}`).toString('hex').slice(0, 16)}@pacta.example` };
  };

  const dsn = ({ to, recipient, action = 'failed', status = '5.1.1', returned = '' }: { to: string; recipient: string; action?: string; status?: string; returned?: string }): string =>
    [
      'Return-Path: <>', 'From: MAILER-DAEMON@mx.example (Mail Delivery System)', 'Subject: Undelivered Mail Returned to Sender', `To: ${to}`, 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'This is the mail system at host mx.example.', '',
      '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', `Final-Recipient: rfc822; ${recipient}`, `Action: ${action}`, `Status: ${status}`,
      `Diagnostic-Code: smtp; 550 ${status} <${recipient}>: Maria Exemplo is unknown here`, '', ...(returned ? ['--b', 'Content-Type: text/rfc822-headers', '', returned, ''] : []), '--b--', '',
    ].join('\r\n');
  const feed = async (mail: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${own.service.base}/v1/mail/bounces`, { method: 'POST', headers: { ...registrar(), 'content-type': 'message/rfc822', ...headers }, body: mail });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Taken };
  };
  const taken = async (mail: string | Buffer): Promise<Taken> => {
    const answer = await feed(mail);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('for good: the message is bounced, its contact unreachable, and the letter goes to the next in line, once', async () => {
    const [focal, deputy] = [await contact('focal-point'), await contact('deputy')];
    const letter = await sent(focal);
    const mail = dsn({ to: letter.returnAddress, recipient: letter.email });
    expect((await Promise.all([taken(mail), taken(mail)])).map(({ outcome }) => outcome).sort()).toEqual(['bounced', 'known-already']);
    expect(await taken(mail)).toMatchObject({ outcome: 'known-already', message: letter.id, status: '5.1.1' });
    expect(await itemsTo(focal.id)).toMatchObject([{ id: letter.id, status: 'bounced', reason: 'It was returned: it cannot be delivered to this address (5.1.1).' }]);
    expect((await contactNow(focal.id)).reachable).toBe(false);
    expect(await itemsTo(deputy.id)).toMatchObject([{ to: 'deputy', insteadOf: letter.id }]);
    const [row] = await rowsOf<{ response: string }>(own.database, 'SELECT response FROM notices.messages WHERE id = $1', [letter.id]);
    expect(row?.response).toBe('550 5.1.1 <(address)>: (name) (name) is unknown here');
  });

  it('ends with the registrar when nobody is left', async () => {
    const mission = await contact('permanent-mission');
    const letter = await sent(mission, 'permanent-mission');
    expect(await taken(dsn({ to: letter.returnAddress, recipient: letter.email, status: '5.2.1' }))).toMatchObject({ outcome: 'bounced' });
    expect((await correspondence()).filter(({ insteadOf }) => insteadOf === letter.id)).toMatchObject([{ to: 'registrar', contactId: 'registrar' }]);
  });

  it('for a while: noted, and nothing changes', async () => {
    const focal = await contact('focal-point');
    const letter = await sent(focal);
    expect(await taken(dsn({ to: letter.returnAddress, recipient: letter.email, action: 'delayed', status: '4.4.1' }))).toMatchObject({ outcome: 'noted', message: letter.id, status: '4.4.1' });
    expect(await taken(dsn({ to: letter.returnAddress, recipient: letter.email, action: 'relayed', status: '2.1.5' }))).toMatchObject({ outcome: 'noted' });
    expect(await correspondence()).toMatchObject([{ id: letter.id, status: 'sent' }]);
    expect((await contactNow(focal.id)).reachable).toBe(true);
  });

  it('after days of trying: the letter goes on, but nothing is wrong with the address', async () => {
    const [focal, deputy] = [await contact('focal-point'), await contact('deputy')];
    const letter = await sent(focal);
    expect(await taken(dsn({ to: letter.returnAddress, recipient: letter.email, status: '4.4.7' }))).toMatchObject({ outcome: 'bounced' });
    expect((await contactNow(focal.id)).reachable).toBe(true);
    expect(await itemsTo(deputy.id)).toHaveLength(1);
  });

  it('says nothing against an address that the contact has had since', async () => {
    const focal = await contact('focal-point');
    const letter = await sent(focal);
    await fetch(`${own.service.base}/v1/contacts/${focal.id}`, { method: 'PATCH', headers: { ...registrar(), 'content-type': 'application/json' }, body: JSON.stringify({ email: `new${++count}@mfa.example` }) });
    expect(await taken(dsn({ to: letter.returnAddress, recipient: letter.email }))).toMatchObject({ outcome: 'bounced' });
    expect((await contactNow(focal.id)).reachable).toBe(true);
  });

  it('is known by what it returns where the return address was lost, but not by what anybody could know', async () => {
    const letter = await sent(await contact('focal-point'));
    const messageId = `Message-ID: <${letter.id}@pacta.example>`;
    const forged = dsn({ to: `bounces+${letter.id}.0123456789abcdef@pacta.example`, recipient: 'somebody@else.example', returned: messageId });
    expect(await taken(forged)).toMatchObject({ outcome: 'ignored', message: null, detail: expect.stringContaining('anybody could have made it up') as unknown });
    expect(await correspondence()).toMatchObject([{ status: 'sent' }]);
    const returned = `${messageId}\r\nList-Unsubscribe: <${letter.unsubscribe}>`;
    expect(await taken(dsn({ to: 'isu@pacta.example', recipient: 'forwarded@else.example', returned }))).toMatchObject({ outcome: 'bounced', message: letter.id });
    const other = await sent(await contact('deputy'), 'deputy');
    expect(await taken(dsn({ to: 'isu@pacta.example', recipient: other.email.toUpperCase(), returned: `Message-ID: <${other.id}@pacta.example>` }))).toMatchObject({ outcome: 'bounced', message: other.id });
  });

  it.each([
    ['an automatic reply', 'Auto-Submitted: auto-replied\r\nSubject: Away\r\n\r\n550 5.1.1 I am away'], ['a letter', 'Subject: Hello\r\n\r\nStatus: 5.1.1\r\nAction: failed'], ['no mail at all', '\u0000\u0001\r\n--\r\n'],
    ['a report about nothing of ours', dsn({ to: 'isu@pacta.example', recipient: 'a@b.example', returned: `Message-ID: <${randomUUID()}@pacta.example>` })],
    ['a report about a message that there is not', dsn({ to: 'bounces+5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10.0123456789abcdef@pacta.example', recipient: 'a@b.example' })],
  ])('is ignored where it is %s', async (_, mail) => {
    expect(await taken(mail)).toMatchObject({ outcome: 'ignored', message: null });
  });

  it('is refused where it is too large, empty, or sent as something else', async () => {
    expect(refusalIn(await feed(Buffer.alloc(400_000, 'x')))).toMatchObject({ status: 413 });
    expect(problemIn(await feed(''))).toMatchObject({ status: 400 });
    for (const type of ['application/json', 'text/plain', 'application/octet-stream', 'text/csv']) expect(refusalIn(await feed('{"a": 1}', { 'content-type': type })).status).toBe(415);
    expect(problemIn(await feed('x', { authorization: '' })).status).toBe(401);
  });

  it('comes in from a mailbox file as well, together with whatever else is in it', async () => {
    const letter = await sent(await contact('focal-point'));
    const mailbox = join(folder, 'bounces.mbox');
    const mail = dsn({ to: letter.returnAddress, recipient: letter.email });
    await writeFile(mailbox, ['Subject: Hello\r\n\r\nyes\r\n', mail, mail, `Subject: Large\r\n\r\n${'x'.repeat(2_000_000)}\r\n`].map((one) => `From MAILER-DAEMON Wed Apr  1 08:00:07 2026\r\n${one}\r\n`).join(''));
    const { code, stdout } = await runCli(own.database, 'bounces', mailbox, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { items: Taken[] }).items.map(({ outcome }) => outcome)).toEqual(['ignored', 'bounced', 'known-already', 'ignored']);
    const single = join(folder, 'one.eml');
    await writeFile(single, mail);
    expect(await runCli(own.database, 'bounces', single)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 known already') as unknown });
    expect(await runCli(own.database, 'bounces', join(folder, 'none.mbox'))).toMatchObject({ code: 1, stderr: expect.stringContaining('no file that can be read') as unknown });
    expect((await runCli(own.database, 'bounces', folder)).code).toBe(1);
  }, 40_000);
});
