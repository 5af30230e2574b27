import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { adminKey, bearer, createKey } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { problemIn, refusalIn } from '../../support/problem.js';
import { createDatabase, type Database, registrarKey, runCli, type Service, startService } from '../../support/service.js';

interface Sent {
  outcome: string;
  messageId: string;
  subject: string;
}

describe('the templates of letters', () => {
  let database: Database;
  let service: Service;
  let home: string;
  let overdue = '';
  let filing = '';
  beforeAll(async () => {
    database = await createDatabase();
    home = await mkdtemp(join(tmpdir(), 'pacta-templates-'));
    service = await startService(database, { PACTA_HOME: home, REGISTRAR_MAILBOX: 'registrar@example.org' });
    const firstOf = async (query: string) => (await get<{ items: { iso3: string; dueOn: string | null }[] }>(service, `${CCM}/obligations?${query}`)).body.items.find(({ dueOn }) => dueOn !== null)?.iso3 as string;
    overdue = await firstOf('status=overdue&asAt=2018-06-01');
    filing = await firstOf('kind=extension-request&status=pending&asAt=2018-11-01');
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    await rm(home, { recursive: true });
  });
  const registrar = () => ({ authorization: `Bearer ${registrarKey()}` });
  const preview = (kind: string, query: string) => get<string>(service, `/v1/letters/templates/${kind}/preview?${query}`, registrar());
  const test = (kind: string, body: object, headers = {}) => post<Sent>(service, `/v1/letters/templates/${kind}/test`, body, headers);
  const stored = async () => (await readdir(join(home, 'mailbox'), { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.eml'));

  it('are all shown with what the record says of a State, in every language', async () => {
    const { body } = await get<{ items: { kind: string; languages: string[] }[] }>(service, '/v1/letters/templates', registrar());
    expect(body.items).toHaveLength(12);
    const DAYS: Record<string, string> = { before: 'iso3=BIH&asAt=2020-09-01', today: 'iso3=BIH&asAt=2021-03-01', filing: `iso3=${filing}&asAt=2018-11-01`, 'go-live': 'iso3=BIH&asAt=2020-09-01', 'go-live-coordinator': 'iso3=BIH&asAt=2020-09-01', confirmation: 'iso3=BIH' };
    for (const { kind, languages } of body.items) {
      const asked = DAYS[kind] ?? `iso3=${overdue}&asAt=2018-06-01`;
      for (const language of languages) {
        const { status, body: text } = await preview(kind, `${asked}&language=${language}&format=text`);
        expect([kind, language, status, text]).toEqual([kind, language, 200, expect.stringContaining(language === 'en' ? 'Convention on Cluster Munitions' : language === 'fr' ? 'Convention sur les armes' : 'Convención sobre Municiones')]);
        expect(text).not.toMatch(/undefined|null|NaN|\{/);
      }
    }
  });

  it('say what was true and known on the day', async () => {
    const { body } = await preview('go-live', 'iso3=BIH&asAt=2019-06-01&format=text');
    expect(body).toContain('1 March 2021');
    expect(body).not.toContain('2022');
  });

  it('are shown as a page that runs nothing, as text, and as a message', async () => {
    const page = await preview('before', 'iso3=BIH&asAt=2020-09-01');
    expect([page.status, page.headers.get('content-type'), page.headers.get('content-security-policy')]).toEqual([200, 'text/html; charset=utf-8', expect.stringMatching(/^default-src 'none'; style-src 'unsafe-inline';.*sandbox$/)]);
    expect(page.body).toContain('<html lang="en"');
    const mail = await preview('before', 'iso3=BIH&asAt=2020-09-01&format=eml');
    expect([mail.headers.get('content-type'), mail.headers.get('content-disposition')]).toEqual(['message/rfc822', 'attachment; filename="before-BIH.eml"']);
    expect(mail.body).toMatch(/^To: preview@example\.org$/m);
    expect(mail.body).toMatch(/text\/calendar/);
  });

  it('lead nowhere with their links, and name nobody', async () => {
    await post(service, '/v1/contacts', { role: 'focal-point', iso3: 'BIH', name: 'Maria Exemplo', email: 'maria@example.org' });
    const { body } = await preview('before', 'iso3=BIH&asAt=2020-09-01&format=text');
    expect(body).not.toContain('Maria');
    for (const [, path = ''] of body.matchAll(/http:\/\/127\.0\.0\.1:3000(\/[uc]\/\S+)/g)) expect((await get(service, path)).status).toBe(404);
  });

  it('are refused where there is no such letter, State, day, or nothing to say', async () => {
    expect(problemIn(await preview('letter', 'iso3=BIH'))).toMatchObject({ status: 404, code: 'unknown-template' });
    expect(problemIn(await preview('before', 'iso3=XXX'))).toMatchObject({ status: 404, code: 'unknown-state' });
    expect(problemIn(await preview('before', 'iso3=BIH&treaty=none'))).toMatchObject({ status: 404, code: 'unknown-treaty' });
    expect(problemIn(await preview('today', 'iso3=BIH&asAt=2020-02-02'))).toMatchObject({ status: 409, code: 'nothing-to-tell' });
    expect(problemIn(await preview('before', 'iso3=USA'))).toMatchObject({ status: 409, code: 'nothing-to-tell' });
    for (const query of ['', 'iso3=BIH&language=xx', 'iso3=BIH&asAt=2020-02-30', 'iso3=BIH&format=pdf', 'iso3=BIH&to=a@b.org']) expect(refusalIn(await preview('before', query)).code).toBe('invalid-input');
  });

  it('are sent to look at, marked as tests, to addresses on record; an administrator may send one to any', async () => {
    const admin = bearer(await adminKey(database));
    const asked = { iso3: 'BIH', asAt: '2020-09-01' };
    expect(problemIn(await test('before', { ...asked, to: 'stranger@example.org' }))).toMatchObject({ status: 403, code: 'address-not-on-record' });
    expect(await stored()).toEqual([]);
    for (const [to, headers] of [['MARIA@example.org', {}], ['registrar@example.org', {}], ['stranger@example.org', admin]] as const) {
      const { status, body } = await test('before', { ...asked, to, language: 'es' }, headers);
      expect([status, body.outcome, body.subject]).toEqual([200, 'sent', expect.stringMatching(/^\[Prueba\] /)]);
    }
    expect(await stored()).toHaveLength(3);
    expect(await rowsOf(database, 'SELECT id FROM notices.messages')).toEqual([]);
    expect(await rowsOf(database, "SELECT id FROM log.events WHERE stream LIKE 'correspondence-%'")).toEqual([]);
    for (const to of ['none', 'a@b.org, c@d.org', 'a@b.org\r\nBcc: c@d.org', undefined]) expect(refusalIn(await test('before', { ...asked, to })).code).toBe('invalid-input');
    expect(refusalIn(await test('before', { ...asked, to: 'registrar@example.org', subject: 'Mine' })).code).toBe('invalid-input');
  });

  it('are sent a few an hour', async () => {
    const other = bearer(await createKey(service, await adminKey(database), 'registrar'));
    const once = async () => (await test('confirmation', { iso3: 'BIH', to: 'registrar@example.org' }, other)).status;
    const answers = await Promise.all(Array.from({ length: 14 }, once));
    expect(answers.filter((status) => status === 200)).toHaveLength(10);
    expect(new Set(answers)).toEqual(new Set([200, 429]));
    expect(problemIn(await test('confirmation', { iso3: 'BIH', to: 'registrar@example.org' }, other))).toMatchObject({ status: 429, code: 'too-many-tests' });
  });

  it('are printed on the command line', async () => {
    expect(await runCli(database, 'preview', 'before', '--iso3', 'BIH', '--as-at', '2020-09-01', '--language', 'fr')).toMatchObject({ code: 0, stdout: expect.stringContaining('Dépollution des zones contaminées') as unknown });
    expect(await runCli(database, 'preview', 'today', '--iso3', 'BIH', '--as-at', '2020-02-02')).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing that this letter would tell') as unknown });
    expect((await runCli(database, 'preview', 'letter', '--iso3', 'BIH')).code).toBe(2);
  }, 40_000);
});
