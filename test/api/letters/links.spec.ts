import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { get, post } from '../../support/http.js';
import { rowsOf } from '../../support/log.js';
import { problemIn } from '../../support/problem.js';
import { registrarKey } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

describe('a link in a letter', () => {
  const own = ownService({ PUBLIC_READS: '0' });
  let id: string;
  let count = 0;
  const contact = async () => (await get<{ unsubscribedOn: string | null; confirmedOn: string; reachable: boolean }>(own.service, `/v1/contacts/${id}`, { authorization: `Bearer ${registrarKey()}` })).body;
  /** As letters carry it. */
  const tokenOf = async (contactId: string): Promise<string> => {
    const [row] = await rowsOf<{ secret: Buffer }>(own.database, 'SELECT secret FROM notices.secret');
    return `${contactId}.${createHmac('sha256', (row as { secret: Buffer }).secret).update(contactId).digest('base64url').slice(0, 22)}`;
  };
  const click = (path: string, init: RequestInit = {}) => fetch(`${own.service.base}${path}`, { method: 'POST', ...init });

  beforeEach(async () => {
    id = (await post<{ id: string }>(own.service, '/v1/contacts', { role: 'focal-point', iso3: 'CIV', name: '<b>Ama</b>', email: `ama${++count}@example.org` })).body.id;
  });

  it('shows a page with a button, without a name, and changes nothing however often it is looked at', async () => {
    for (const way of ['u', 'c']) {
      const page = await get<string>(own.service, `/${way}/${await tokenOf(id)}`);
      expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
      expect(page.body).toMatch(/<form method="post"><button>/);
      expect(page.body).toContain('the focal point of Côte d&#39;Ivoire');
      expect(page.body).not.toMatch(/Ama|example\.org|<script/);
    }
    expect(await contact()).toMatchObject({ unsubscribedOn: null, reachable: true });
  });

  it.each([
    ['as mail programs do', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' }],
    ['as a form with files', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n' }],
    ['as plain text', { headers: { 'content-type': 'text/plain' }, body: 'stop' }],
    ['without a body', {}],
  ])('stops letters with one click, %s', async (_, init) => {
    const path = `/u/${await tokenOf(id)}`;
    expect((await click(path, init)).status).toBe(200);
    const { unsubscribedOn, reachable } = await contact();
    expect([typeof unsubscribedOn, reachable]).toEqual(['string', false]);
    expect((await click(path, init)).status).toBe(200);
  });

  it('confirms a contact whose last word is long past', async () => {
    await rowsOf(own.database, "UPDATE notices.contacts SET confirmed_on = '2020-01-01' WHERE id = $1", [id]);
    expect(await contact()).toMatchObject({ confirmation: 'unconfirmed' });
    expect((await click(`/c/${await tokenOf(id)}`)).status).toBe(200);
    expect(await contact()).toMatchObject({ confirmation: 'confirmed' });
  });

  it('of nobody leads nowhere, and none can be made up', async () => {
    const good = await tokenOf(id);
    const gone = await tokenOf('01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c');
    for (const token of ['x', '%3Cscript%3E', id, `${id}.`, `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`, gone]) {
      for (const way of ['u', 'c']) {
        expect(problemIn(await get(own.service, `/${way}/${token}`))).toMatchObject({ status: 404, code: 'unknown-link' });
        expect((await click(`/${way}/${token}`)).status).toBe(404);
      }
    }
    expect(problemIn(await get(own.service, `/u/${await tokenOf('registrar')}`))).toMatchObject({ status: 409 });
    expect((await contact()).unsubscribedOn).toBeNull();
  });
});
