import { beforeAll, describe, expect, it } from '@jest/globals';
import { get, post } from '../../support/http.js';
import { adminKey, bearer, createKey, type Key } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { problemIn, refusalIn } from '../../support/problem.js';
import { registrarKey } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

interface Contact {
  id: string;
  name: string | null;
  email: string | null;
  language: string;
  reachable: boolean;
  confirmation: string;
  erasedOn: string | null;
  unsubscribedOn: string | null;
}

const CONTACT = { role: 'focal-point', iso3: 'GNB', name: 'Maria Exemplo', email: 'maria@example.org', timeZone: 'Africa/Bissau' };

describe('contacts', () => {
  const own = ownService({ LOG_LEVEL: 'info' });
  const registrar = () => ({ authorization: `Bearer ${registrarKey()}` });
  const send = async <Body>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${own.service.base}${path}`, { method, headers: { ...registrar(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as Body };
  };
  let count = 0;
  const add = async (more: object = {}): Promise<Contact> => {
    const answer = await post<Contact>(own.service, '/v1/contacts', { ...CONTACT, email: `maria${++count}@example.org`, ...more });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const importCsv = async (csv: string, query = '') => {
    const response = await fetch(`${own.service.base}/v1/contacts/import${query}`, { method: 'POST', headers: { ...registrar(), 'content-type': 'text/csv' }, body: csv });
    return { status: response.status, headers: response.headers, body: (await response.json()) as object };
  };

  it('are written to in the default language of their State unless they have one, and are changed where asked', async () => {
    const contact = await add({ office: 'Ministry' });
    expect(contact).toMatchObject({ language: 'en', office: 'Ministry', reachable: true, confirmation: 'confirmed' });
    expect((await add({ iso3: 'FRA' })).language).toBe('fr');
    expect((await send('PATCH', `/v1/contacts/${contact.id}`, { language: 'fr', office: null })).body).toMatchObject({ name: 'Maria Exemplo', office: null, language: 'fr', email: contact.email });
    expect((await get(own.service, `/v1/contacts/${contact.id}`, registrar())).body).toMatchObject({ language: 'fr' });
  });

  it.each([
    [{ email: 'none' }], [{ email: 'a@b.org, c@d.org' }], [{ email: 'a@b.org\r\nBcc: c@d.org' }], [{ name: 'two\r\nlines' }], [{ timeZone: 'Bissau' }], [{ language: 'french' }], [{ role: 'president' }], [{ iso3: 'gnb' }], [{ telephone: '1' }], [{ id: 'x' }],
  ])('are refused with %j', async (wrong) => {
    expect(refusalIn(await post(own.service, '/v1/contacts', { ...CONTACT, ...wrong }))).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it('are on the list once', async () => {
    const [one, other] = [await add(), await add()];
    expect(problemIn(await post(own.service, '/v1/contacts', { ...CONTACT, email: one.email?.toUpperCase() }))).toMatchObject({ status: 409, code: 'contact-known-already' });
    expect((await send('PATCH', `/v1/contacts/${other.id}`, { email: one.email })).status).toBe(409);
    await add({ email: one.email, role: 'deputy' });
  });

  it('of a State that there is not are refused, and so is a contact that there is not', async () => {
    expect(problemIn(await post(own.service, '/v1/contacts', { ...CONTACT, iso3: 'XXX' }))).toMatchObject({ status: 404, code: 'unknown-state' });
    for (const id of ['1', '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c']) expect((await send('PATCH', `/v1/contacts/${id}`, { language: 'fr' })).status).toBe(404);
    const { id } = await add();
    expect((await send('PATCH', `/v1/contacts/${id}`, { iso3: 'FRA' })).status).toBe(400);
  });

  it('go out as a table and come in as one, whole or not at all, and nobody twice', async () => {
    const csv = 'role,iso3,name,email,language,timeZone\r\ndeputy,LAO,Somsak,somsak@example.org,en,Asia/Vientiane\r\ncoordinator,NZL,,+nz@example.org,,\r\n';
    expect((await importCsv(csv, '?dryRun=true')).body).toEqual({ dryRun: true, added: 2, changed: 0, unchanged: 0 });
    expect((await importCsv(csv)).body).toEqual({ dryRun: false, added: 2, changed: 0, unchanged: 0 });
    expect((await importCsv(csv.replace('Somsak,', 'Dr Somsak,'))).body).toEqual({ dryRun: false, added: 0, changed: 1, unchanged: 1 });
    const table = await get<string>(own.service, '/v1/contacts.csv', registrar());
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(table.body).toContain('Dr Somsak');
    expect((await importCsv(table.body)).body).toMatchObject({ added: 0, changed: 0 });
    const before = table.body;
    expect(problemIn(await importCsv(`${csv}deputy,XXX,,x@example.org,,\r\n`))).toMatchObject({ status: 400, code: 'bad-contact-list', detail: expect.stringContaining('Line 4') });
    expect((await get<string>(own.service, '/v1/contacts.csv', registrar())).body).toBe(before);
  });

  it('come in as a table only where a table is asked for', async () => {
    const asJson = await post(own.service, '/v1/contacts/import', {});
    expect(problemIn(asJson)).toMatchObject({ status: 415 });
    expect(problemIn(await post(own.service, '/v1/contacts', 'role', { 'content-type': 'text/csv' }))).toMatchObject({ status: 415 });
  });

  describe('who are erased', () => {
    let contact: Contact;
    let admin: Key;
    const id = '11111111-1111-4111-8111-111111111111';
    beforeAll(async () => {
      admin = await adminKey(own.database);
      contact = await add({ name: 'Erasable Person', email: 'erasable@example.org' });
      await rowsOf(own.database, `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime, sha256)
        VALUES ($1, 'ccm', '2026-11-02', 'focal-point', $2, 'en', '[]', ARRAY['GNB'], 'sent', now(), '<x@example.org>', now(), 'Dear Erasable Person', 'abc')`, [id, contact.id]);
    });

    it('leave their id, and the hash of what was said to them, and nothing else', async () => {
      expect((await get(own.service, `/v1/messages/${id}`, bearer(admin))).status).toBe(200);
      expect((await send('DELETE', `/v1/contacts/${contact.id}`)).status).toBe(204);
      expect((await get(own.service, `/v1/contacts/${contact.id}`, registrar())).body).toMatchObject({ name: null, email: null, reachable: false, erasedOn: expect.any(String) as unknown });
      expect(problemIn(await get(own.service, `/v1/messages/${id}`, bearer(admin)))).toMatchObject({ status: 404, code: 'no-message-stored' });
      const everything = JSON.stringify([await rowsOf(own.database, 'SELECT contacts::text FROM notices.contacts'), await rowsOf(own.database, "SELECT id, encode(mime, 'escape') AS mime, sha256 FROM notices.messages")]);
      expect(everything).not.toMatch(/erasable/i);
      expect(everything).toContain('abc');
      expect((await send('DELETE', `/v1/contacts/${contact.id}`)).status).toBe(404);
    });
  });

  it('are no business of a coordinator, nor of the log', async () => {
    const coordinator = await createKey(own.service, await adminKey(own.database), 'coordinator');
    expect((await get(own.service, '/v1/contacts', bearer(coordinator))).status).toBe(403);
    expect(own.service.output()).toContain('/v1/contacts');
    expect(own.service.output()).not.toMatch(/example\.org|Exemplo|Somsak/);
  });
});
