import { beforeAll, describe, expect, it } from '@jest/globals';
import { get } from '../support/http.js';
import { adminKey, bearer, createKey, headersOfAll, type Key, ROLES, type Role } from '../support/keys.js';
import { rowsOf } from '../support/log.js';
import { problemIn } from '../support/problem.js';
import { ownService } from '../support/suite.js';

/**
 * Who may do what: ✓ allowed, 1 not identified (401), 3 not allowed (403), in the order nobody, registrar, coordinator,
 * focal-point, auditor, subscriber, admin. The second column is the same service with PUBLIC_READS=0.
 */
const TABLE: Record<string, [open: string, closed: string]> = {
  'GET /health/live': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /health/ready': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /metrics': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /v1/treaties': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/status': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/obligations': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/deadlines': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/history': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/meetings': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/statistics': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/discrepancies': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/states': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/states/{iso3}': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/states/{iso3}/history': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/exports/{file}': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'POST /v1/treaties/{treaty}/states/{iso3}/facts': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/meetings/{meeting}/facts': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/treaties/{treaty}/reminders/forecast': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/calendar.ics': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/states/{iso3}/calendar.ics': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/treaties/{treaty}/states/{iso3}/correspondence': ['1✓✓✓✓3✓', '1✓✓✓✓3✓'],
  'GET /v1/messages/{id}': ['1✓✓✓✓3✓', '1✓✓✓✓3✓'],
  'POST /v1/messages/{id}/hold': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/messages/{id}/release': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/messages/{id}/skip': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/messages/{id}/arrived': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/messages/{id}/again': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/treaties/{treaty}/holds': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/hold': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/release': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/skip': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/letters/hold': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/letters/release': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/letters/skip': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/treaties/{treaty}/runs': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/treaties/{treaty}/runs/{on}': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/runs/{on}/hold': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/runs/{on}/release': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/treaties/{treaty}/runs/{on}/skip': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/tasks': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/mail/bounces': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/letters/templates': ['1✓✓✓✓3✓', '1✓✓✓✓3✓'],
  'GET /v1/letters/templates/{kind}/preview': ['1✓✓✓✓3✓', '1✓✓✓✓3✓'],
  'POST /v1/letters/templates/{kind}/test': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/contacts': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/contacts': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/contacts.csv': ['1✓3333✓', '1✓3333✓'],
  'POST /v1/contacts/import': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/contacts/{id}': ['1✓3333✓', '1✓3333✓'],
  'PATCH /v1/contacts/{id}': ['1✓3333✓', '1✓3333✓'],
  'DELETE /v1/contacts/{id}': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/mailbox': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/mailbox/{id}': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/mailbox/{id}.eml': ['1✓3333✓', '1✓3333✓'],
  'GET /mailbox': ['1✓3333✓', '1✓3333✓'],
  'GET /mailbox/{id}': ['1✓3333✓', '1✓3333✓'],
  'GET /mailbox/{id}/html': ['1✓3333✓', '1✓3333✓'],
  'GET /v1/events': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/events/types': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/events/types/{type}/{version}': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/events/stream': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'GET /v1/feeds/{file}': ['✓✓✓✓✓✓✓', '1✓✓✓✓✓✓'],
  'POST /v1/webhooks': ['13333✓✓', '13333✓✓'],
  'GET /v1/webhooks': ['13333✓✓', '13333✓✓'],
  'GET /v1/webhooks/{id}': ['13333✓✓', '13333✓✓'],
  'DELETE /v1/webhooks/{id}': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/test': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/challenge': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/rotate': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/pause': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/resume': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/recover': ['13333✓✓', '13333✓✓'],
  'POST /v1/webhooks/{id}/replay': ['13333✓✓', '13333✓✓'],
  'GET /v1/webhooks/{id}/deliveries': ['13333✓✓', '13333✓✓'],
  'POST /v1/deliveries/{id}/resend': ['13333✓✓', '13333✓✓'],
  'GET /v1/blocked-hosts': ['133333✓', '133333✓'],
  'POST /v1/blocked-hosts': ['133333✓', '133333✓'],
  'DELETE /v1/blocked-hosts/{host}': ['133333✓', '133333✓'],
  'GET /v1/subscribers': ['133333✓', '133333✓'],
  'DELETE /v1/subscribers/{id}': ['133333✓', '133333✓'],
  'POST /v1/subscribers': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /v1/subscribers/me': ['13333✓✓', '13333✓✓'],
  'DELETE /v1/subscribers/me': ['13333✓✓', '13333✓✓'],
  'DELETE /v1/subscribers/me/keys/{key}': ['13333✓✓', '13333✓✓'],
  'GET /s/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'POST /s/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /u/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'POST /u/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /c/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'POST /c/{token}': ['✓✓✓✓✓✓✓', '✓✓✓✓✓✓✓'],
  'GET /v1/keys': ['133333✓', '133333✓'],
  'POST /v1/keys': ['133333✓', '133333✓'],
  'DELETE /v1/keys/{id}': ['133333✓', '133333✓'],
};

const PLACES: Record<string, string> = { treaty: 'ccm', iso3: 'GNB', file: 'states.csv', meeting: '14MSP', id: '000000000000', kind: 'before', token: 'none', on: '2027-02-01', type: 'treaty.signed', version: '1', host: 'receiver.example', key: '000000000000' };
const addressOf = (path: string): string => path.replace(/\{(\w+)\}/g, (_, name: string) => PLACES[name] ?? '');

describe.each([['with public reads', {}, 0], ['without public reads', { PUBLIC_READS: '0' }, 1]] as const)('the routes, %s', (_, env, column) => {
  const own = ownService(env);
  let headers: Record<Role, Record<string, string>>;
  beforeAll(async () => {
    headers = await headersOfAll(own.database, own.service);
  });

  it('are those of the table, no more and no fewer', async () => {
    const { body } = await get<{ paths: Record<string, Record<string, object>> }>(own.service, '/openapi.json');
    const served = Object.entries(body.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(served.sort()).toEqual(Object.keys(TABLE).sort());
  });

  it.each(Object.entries(TABLE))('%s', async (route, rows) => {
    const [method = '', path = ''] = route.split(' ');
    const found = await Promise.all(ROLES.map(async (role) => {
      const response = await fetch(`${own.service.base}${addressOf(path)}`, { method, headers: { ...headers[role], ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }, ...(method === 'POST' ? { body: '{}' } : {}) });
      const goesOn = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const text = goesOn ? '' : await response.text();
      if (goesOn) await response.body?.cancel();
      if (response.status !== 401 && response.status !== 403) return '✓';
      expect(problemIn({ status: response.status, headers: response.headers, body: JSON.parse(text) }).code).toBe(response.status === 401 ? 'key-needed' : 'not-allowed');
      return response.status === 401 ? '1' : '3';
    }));
    expect(found.join('')).toBe(rows[column]);
  });
});

describe('a key', () => {
  const own = ownService();
  let admin: Key;
  beforeAll(async () => {
    admin = await adminKey(own.database);
  });
  const asking = (key: string) => get(own.service, '/v1/treaties', { authorization: `Bearer ${key}` });

  it('is shown once and kept nowhere', async () => {
    const auditor = await createKey(own.service, admin, 'auditor');
    expect((await asking(auditor.key)).status).toBe(200);
    const listed = await get<{ items: { id: string }[] }>(own.service, '/v1/keys', bearer(admin));
    expect(listed.body.items.find(({ id }) => id === auditor.id)).toMatchObject({ role: 'auditor', revokedAt: null });
    const [, , secret = ''] = auditor.key.split('_');
    expect(JSON.stringify(listed.body) + JSON.stringify(await rowsOf(own.database, 'SELECT * FROM access.keys'))).not.toContain(secret);
  });

  it('opens nothing with another secret, or under another id', async () => {
    const other = await createKey(own.service, admin, 'auditor');
    for (const key of [`pacta_${admin.id}_${other.key.split('_')[2]}`, `${admin.key.slice(0, -1)}${admin.key.endsWith('A') ? 'B' : 'A'}`, admin.key.slice(0, -1), `${admin.key}A`, admin.key.toUpperCase(), `pacta_000000000000_${admin.key.slice(-43)}`]) {
      expect(problemIn(await asking(key))).toMatchObject({ status: 401, code: 'key-not-valid' });
    }
  });

  it('is out of use as soon as it is revoked, and is revoked once', async () => {
    const { id, key } = await createKey(own.service, admin, 'registrar');
    expect((await asking(key)).status).toBe(200);
    const revoke = () => fetch(`${own.service.base}/v1/keys/${id}`, { method: 'DELETE', headers: bearer(admin) });
    expect((await revoke()).status).toBe(204);
    expect(problemIn(await asking(key))).toMatchObject({ status: 401, code: 'key-not-valid' });
    expect((await revoke()).status).toBe(404);
  });

  it.each([
    [{ role: 'emperor' }, 'invalid-input'], [{ role: 'focal-point' }, 'state-missing'], [{ role: 'coordinator' }, 'theme-missing'], [{ role: 'focal-point', iso3: 'gnb' }, 'invalid-input'], [{ role: 'auditor', key: 'mine' }, 'invalid-input'], [{ role: 'auditor', label: 'x'.repeat(101) }, 'invalid-input'], [{}, 'invalid-input'],
  ])('is not given out for %j', async (body, code) => {
    const response = await fetch(`${own.service.base}/v1/keys`, { method: 'POST', headers: { ...bearer(admin), 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(problemIn({ status: response.status, headers: response.headers, body: await response.json() })).toMatchObject({ status: 400, code });
  });
});
