import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get } from '../../support/http.js';
import { problemIn } from '../../support/problem.js';
import { createDatabase, type Database, registrarKey, type Service, startService } from '../../support/service.js';

interface Letter {
  id: string;
  on: string;
  from: string;
  to: string;
  subject: string;
  date: string;
  text: string | null;
  html: string | null;
  headers: { name: string; value: string }[];
  attachments: { name: string; type: string; bytes: number }[];
}

const MIME = (id: string, date: string): string => [
  `Message-ID: <${id}>`, `Date: ${date}`, 'From: Unit <isu@pacta.example>', 'To: =?utf-8?B?2YXZhtmJ?= <mona@mfa.example>', 'Subject: Deadlines <b>bold</b>', 'MIME-Version: 1.0', 'Auto-Submitted:', ' auto-generated',
  'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: multipart/alternative; boundary=y', '', '--y', 'Content-Type: text/plain; charset=utf-8', '', 'Plain & <simple>', '--y', 'Content-Type: text/html; charset=utf-8', '',
  '<p>Looks <b>good</b></p><script>alert(1)</script>', '--y--', '--x', 'Content-Type: application/ics; name=deadlines.ics', 'Content-Disposition: attachment; filename=deadlines.ics', '', 'BEGIN:VCALENDAR', '--x--', '',
].join('\r\n');

describe('the embedded mailbox', () => {
  let database: Database;
  let service: Service;
  let home: string;
  const registrar = { authorization: `Bearer ${registrarKey()}` };
  const inBrowser = { authorization: `Basic ${Buffer.from(`anyone:${registrarKey()}`).toString('base64')}` };
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'pacta-mailbox-'));
    for (const [on, date, ids] of [['2026-01-02', 'Fri, 02 Jan 2026 08:00:00 +0000', ['a@x.example']], ['2026-01-05', 'Mon, 05 Jan 2026 08:00:00 +0000', ['b@x.example', 'c@x.example']]] as const) {
      await mkdir(join(home, 'mailbox', on), { recursive: true });
      for (const id of ids) await writeFile(join(home, 'mailbox', on, `${id}.eml`), MIME(id, date));
    }
    await writeFile(join(home, 'secret.eml'), 'no letter');
    database = await createDatabase();
    service = await startService(database, { PACTA_HOME: home });
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    await rm(home, { recursive: true });
  });

  it('lists letters page by page, the newest first', async () => {
    const first = await get<{ items: Letter[]; next: string | null }>(service, '/v1/mailbox?limit=2', registrar);
    const second = await get<{ items: Letter[]; next: string | null }>(service, `/v1/mailbox?limit=2&cursor=${first.body.next}`, registrar);
    expect([...first.body.items, ...second.body.items].map(({ id }) => id).sort()).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
    expect(second.body.items).toEqual([expect.objectContaining({ id: 'a@x.example', on: '2026-01-02', from: '"Unit" <isu@pacta.example>', to: '"منى" <mona@mfa.example>', subject: 'Deadlines <b>bold</b>', date: '2026-01-02T08:00:00.000Z' })]);
    expect(second.body.next).toBeNull();
    for (const query of ['cursor=x', `cursor=${Buffer.from('["2026-01-02","now","x"]').toString('base64url')}`, 'limit=0', 'limit=101', 'from=x']) expect(problemIn(await get(service, `/v1/mailbox?${query}`, registrar)).status).toBe(400);
  });

  it('takes a letter apart, and gives it back as it is', async () => {
    const { body } = await get<Letter>(service, '/v1/mailbox/a@x.example', registrar);
    expect(body).toMatchObject({ text: expect.stringContaining('Plain & <simple>'), html: expect.stringContaining('Looks <b>good</b>'), attachments: [{ name: 'deadlines.ics', type: 'application/ics', bytes: expect.any(Number) }] });
    expect(body.headers).toContainEqual({ name: 'Auto-Submitted', value: 'auto-generated' });
    const file = await get<string>(service, '/v1/mailbox/a%40x.example.eml', registrar);
    expect([file.headers.get('content-type'), file.body]).toEqual(['message/rfc822', MIME('a@x.example', 'Fri, 02 Jan 2026 08:00:00 +0000')]);
  });

  it('shows a letter in a browser without letting it do anything', async () => {
    const list = await get<string>(service, '/mailbox', inBrowser);
    expect([list.status, list.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'none'")]);
    expect(list.body).toContain('href="/mailbox/a%40x.example"');
    expect(list.body).not.toContain('<b>bold');
    const letter = await get<string>(service, '/mailbox/a%40x.example', inBrowser);
    expect(letter.body).toContain('<iframe sandbox title="The letter" src="/mailbox/a%40x.example/html">');
    expect(letter.body).toContain('Plain &#38; &#60;simple&#62;');
    expect(letter.body).not.toContain('<script');
    const html = await get<string>(service, '/mailbox/a%40x.example/html', inBrowser);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(html.body).toContain('Looks <b>good</b>');
  });

  it.each(['..%2f..%2fsecret', '%2e%2e%2fsecret', 'a@x.example%00', '.%2f..%2f..%2fsecret', `${'a'.repeat(300)}@x.example`, 'a@..%2f..%2fsecret', 'none@x.example', 'a%40x.example%2f'])('finds nothing under %s', async (id) => {
    for (const path of [`/v1/mailbox/${id}`, `/v1/mailbox/${id}.eml`, `/mailbox/${id}`, `/mailbox/${id}/html`]) {
      expect([400, 404, 414]).toContain((await get(service, path, registrar)).status);
    }
  });

  it('asks a browser for a key on pages, and nobody else', async () => {
    for (const path of ['/mailbox', '/mailbox/a@x.example', '/v1/mailbox/a@x.example.eml']) {
      for (const headers of [{}, { authorization: `Basic ${Buffer.from('anyone:wrong').toString('base64')}` }, { authorization: 'Basic bm9jb2xvbg==' }] as Record<string, string>[]) {
        const answer = await get(service, path, headers);
        expect(problemIn(answer).status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Pacta", charset="UTF-8"');
      }
    }
    expect((await get(service, '/v1/mailbox')).headers.get('www-authenticate')).toBe('Bearer realm="pacta"');
  });

  it('lets no other site use what a browser remembers', async () => {
    const change = (headers: Record<string, string>) => fetch(`${service.base}/v1/messages/00000000-0000-4000-8000-000000000000/release`, { method: 'POST', headers: { ...inBrowser, 'content-type': 'application/json', ...headers }, body: '{}' }).then(({ status }) => status);
    const host = new URL(service.base).host;
    expect(await change({})).toBe(404);
    expect(await change({ origin: `http://${host}` })).toBe(404);
    expect(await change({ 'sec-fetch-site': 'same-origin', origin: `http://${host}` })).toBe(404);
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site', origin: `http://${host}` }] as Record<string, string>[]) expect(await change(headers)).toBe(403);
    expect(await change({ ...registrar, origin: 'https://evil.example' })).toBe(404);
  });
});

describe('where letters leave by a mail server', () => {
  it('there is no mailbox, and it says so', async () => {
    const database = await createDatabase();
    const service = await startService(database, { SMTP_URL: 'smtp://127.0.0.1:9' });
    for (const path of ['/v1/mailbox', '/v1/mailbox/a@x.example', '/mailbox']) expect(problemIn(await get(service, path, { authorization: `Bearer ${registrarKey()}` }))).toMatchObject({ status: 404, code: 'no-mailbox' });
    await service.stop();
    await database.drop();
  });
});
