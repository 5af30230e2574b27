import { createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM, fact } from '../support/facts.js';
import { adminKey, bearer, type Key } from '../support/keys.js';
import { rowsOf } from '../support/log.js';
import { type Receivers, startReceivers } from '../support/receiver.js';
import { ownService } from '../support/suite.js';

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; schema?: { type?: string; enum?: string[] } }[];
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}
interface Schema {
  properties?: Record<string, { type?: string | string[]; $ref?: string; description?: string }>;
  oneOf?: { title: string }[];
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const CONTACT = { role: 'focal-point', iso3: 'GNB', name: 'Maria Exemplo', office: 'Ministry of Foreign Affairs', email: 'focal.point@example.org', language: 'fr', timeZone: 'Africa/Bissau' };

const REASON = 'The ministry asked for time until Monday.';
const CHANGED_AT = '2027-02-01T08:00:05.120Z';

/** Messages that the examples speak of: those that several would change are of a day or a State of their own. */
const MESSAGES: { name: string; status: string; id?: string; treaty?: string; on?: string; iso3?: string; hold?: string }[] = [
  { name: 'planned', status: 'planned' }, { name: 'held', status: 'held' }, { name: 'unknown', status: 'unknown' }, { name: 'failed', status: 'failed' },
  { name: 'task', status: 'held', id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10' }, { name: 'of a run', status: 'planned', on: '2027-02-08' }, { name: 'of a State', status: 'planned', on: '2027-02-09', iso3: 'BGR' },
  { name: 'other treaty', status: 'planned', treaty: 'apmbc' }, { name: 'held run', status: 'held', on: '2027-02-05', hold: randomUUID() },
];

/** How each example comes about. What is not named is a GET of the path with the names of the example put in. */
const ASKED: Record<string, { path: string; method?: string; body?: object | string; type?: string; accept?: string }> = {
  'GET /v1/treaties/{treaty}/status 200': { path: `${CCM}/status?asAt=2020-09-28` },
  'GET /v1/treaties/{treaty}/obligations 200': { path: `${CCM}/obligations?iso3=SOM&kind=clearance` },
  'GET /v1/treaties/{treaty}/deadlines 200': { path: `${CCM}/deadlines?from=2026-03-01&to=2026-03-01&iso3=SOM` },
  'GET /v1/treaties/{treaty}/history 200': { path: `${CCM}/history?type=instrument-deposited&limit=1000` },
  'GET /v1/treaties/{treaty}/statistics 200': { path: `${CCM}/statistics?year=2019` },
  'GET /v1/treaties/{treaty}/states/{iso3} 200': { path: `${CCM}/states/GNB?asAt=2019-06-01` },
  'POST /v1/treaties/{treaty}/states/{iso3}/facts 200': { path: `${CCM}/states/TON/facts?dryRun=true`, body: fact('instrument-deposited', '2026-03-10', { instrument: 'accession' }) },
  'POST /v1/treaties/{treaty}/states/{iso3}/facts 201': { path: `${CCM}/states/TON/facts`, body: fact('instrument-deposited', '2026-03-10', { instrument: 'accession' }) },
  'POST /v1/treaties/{treaty}/meetings/{meeting}/facts 200': { path: `${CCM}/meetings/14MSP/facts?dryRun=true`, body: { type: 'meeting-scheduled', source: { title: 'Decision' }, data: { title: 'Fourteenth Meeting of States Parties', start: '2027-09-13', end: '2027-09-16' } } },
  'POST /v1/treaties/{treaty}/meetings/{meeting}/facts 201': { path: `${CCM}/meetings/14MSP/facts`, body: { type: 'meeting-scheduled', source: { title: 'Decision' }, data: { title: 'Fourteenth Meeting' } } },
  'POST /v1/contacts 201': { path: '/v1/contacts', body: { ...CONTACT, role: 'deputy', email: 'deputy@example.org' } },
  'POST /v1/contacts/import 200': { path: '/v1/contacts/import?dryRun=true', body: 'role,iso3,email\ndeputy,GNB,somebody.else@example.org\n' },
  'GET /v1/contacts/{id} 200': { path: '/v1/contacts/{contact}' },
  'PATCH /v1/contacts/{id} 200': { path: '/v1/contacts/{contact}', method: 'PATCH', body: { name: 'Maria Exemplo' } },
  'GET /v1/treaties/{treaty}/states/{iso3}/correspondence 200': { path: `${CCM}/states/GNB/correspondence?status=held` },
  'POST /v1/messages/{id}/hold 200': { path: '/v1/messages/{planned}/hold', body: { reason: REASON } },
  'POST /v1/messages/{id}/release 200': { path: '/v1/messages/{planned}/release', body: { reason: 'Looked through and right.' } },
  'POST /v1/messages/{id}/skip 200': { path: '/v1/messages/{held}/skip', body: { reason: REASON } },
  'POST /v1/mail/bounces 200': { path: '/v1/mail/bounces', body: '{bounce}', type: 'message/rfc822' },
  'POST /v1/letters/templates/{kind}/test 200': { path: '/v1/letters/templates/confirmation/test', body: { iso3: 'GNB', to: CONTACT.email } },
  'POST /v1/messages/{id}/arrived 200': { path: '/v1/messages/{unknown}/arrived', body: { reason: REASON } },
  'POST /v1/messages/{id}/again 200': { path: '/v1/messages/{failed}/again', body: { reason: REASON, seenAt: CHANGED_AT } },
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/hold 200': { path: `${CCM}/states/BGR/letters/hold`, body: { reason: REASON } },
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/release 200': { path: `${CCM}/states/BGR/letters/release`, body: { reason: REASON } },
  'POST /v1/treaties/{treaty}/states/{iso3}/letters/skip 200': { path: `${CCM}/states/BGR/letters/skip`, body: { reason: REASON } },
  'POST /v1/treaties/{treaty}/letters/hold 200': { path: '/v1/treaties/apmbc/letters/hold', body: { reason: REASON } },
  'POST /v1/treaties/{treaty}/letters/release 200': { path: '/v1/treaties/apmbc/letters/release', body: {} },
  'POST /v1/treaties/{treaty}/letters/skip 200': { path: '/v1/treaties/apmbc/letters/skip', body: { reason: REASON } },
  'GET /v1/treaties/{treaty}/runs/{on} 200': { path: `${CCM}/runs/2027-02-08` },
  'POST /v1/treaties/{treaty}/runs/{on}/hold 200': { path: `${CCM}/runs/2027-02-08/hold`, body: { reason: REASON } },
  'POST /v1/treaties/{treaty}/runs/{on}/release 200': { path: `${CCM}/runs/2027-02-08/release`, body: {} },
  'POST /v1/treaties/{treaty}/runs/{on}/skip 200': { path: `${CCM}/runs/2027-02-08/skip`, body: { reason: REASON } },
  'GET /v1/tasks 200': { path: '/v1/tasks?iso3=GNB' },
  'GET /v1/mailbox/{id} 200': { path: '/v1/mailbox/5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example' },
  'GET /v1/events 200': { path: '/v1/events?states=GNB&types=treaty.instrument.deposited' },
  'POST /v1/webhooks 201': { path: '/v1/webhooks', body: { url: 'https://receiver.example/hooks/pacta', types: ['treaty.instrument.deposited'], treaty: 'ccm', states: ['GNB'] } },
  'GET /v1/webhooks/{id} 200': { path: '/v1/webhooks/{active}' },
  'POST /v1/webhooks/{id}/test 200': { path: '/v1/webhooks/{called}/test', body: {} },
  'POST /v1/webhooks/{id}/challenge 200': { path: '/v1/webhooks/{disabled}/challenge', body: {} },
  'POST /v1/webhooks/{id}/rotate 200': { path: '/v1/webhooks/{active}/rotate', body: {} },
  'POST /v1/webhooks/{id}/pause 200': { path: '/v1/webhooks/{active}/pause', body: {} },
  'POST /v1/webhooks/{id}/resume 200': { path: '/v1/webhooks/{active}/resume', body: {} },
  'POST /v1/webhooks/{id}/recover 200': { path: '/v1/webhooks/{paused}/recover', body: { since: '2026-11-24T08:00:00Z' } },
  'POST /v1/webhooks/{id}/replay 200': { path: '/v1/webhooks/{paused}/replay', body: { after: 0 } },
  'GET /v1/webhooks/{id}/deliveries 200': { path: '/v1/webhooks/{active}/deliveries' },
  'POST /v1/deliveries/{id}/resend 200': { path: '/v1/deliveries/{paused}.1/resend', body: {} },
  'POST /v1/blocked-hosts 200': { path: '/v1/blocked-hosts', body: { host: 'blocked.example', reason: 'Its operator asked us to stop.' } },
  'POST /v1/subscribers 202': { path: '/v1/subscribers', body: { email: 'somebody.new@example.org' } },
  'POST /s/{token} 200': { path: '/s/a-token', method: 'POST', accept: 'application/json' },
  'POST /v1/keys 201': { path: '/v1/keys', body: { role: 'coordinator', theme: 'clearance' } },
};
const NAMES: Record<string, string> = { treaty: 'ccm', iso3: 'GNB' };

/** What lies ahead differs from day to day: only its form is compared. */
const AHEAD = new Set(['GET /v1/treaties/{treaty}/reminders/forecast 200']);

/** What differs from database to database, or from day to day; of these only the type is compared. */
const VOLATILE = new Set(['id', 'position', 'revision', 'recordedAt', 'createdAt', 'events', 'key', 'knownOn', 'note', 'at', 'messageId', 'contactId', 'confirmedOn', 'message', 'since', 'by', 'storedAt', 'time', 'next', 'secret', 'publicKey', 'publicKeys', 'owner', 'subscriber', 'actor', 'blockedAt', 'eventId', 'durationMs', 'previousSecretUntil', 'nextAttemptAt', 'deliveries']);

/** Where an example says what the answer does not; empty if it is all true. */
const lies = (example: unknown, real: unknown, at: string, ahead = false): string[] => {
  if (Array.isArray(example)) {
    if (!Array.isArray(real)) return [`${at} is no list`];
    return example.flatMap((one, index) => {
      const found = real.map((candidate) => lies(one, candidate, `${at}[${index}]`, ahead)).sort((a, b) => a.length - b.length)[0];
      return found ?? [`${at} is empty`];
    });
  }
  if (typeof example === 'object' && example !== null) {
    if (typeof real !== 'object' || real === null) return [`${at} is no object`];
    return Object.entries(example).flatMap(([member, value]) => (member in real ? lies(value, (real as Record<string, unknown>)[member], `${at}.${member}`, ahead) : [`${at}.${member} is not there`]));
  }
  const volatile = ahead || VOLATILE.has(at.replace(/\[\d+\]$/, '').split('.').at(-1) ?? '');
  if (volatile ? real !== null && example !== null && typeof real !== typeof example : real !== example) return [`${at} is ${JSON.stringify(real)}, not ${JSON.stringify(example)}`];
  return [];
};

describe('the API’s description of itself', () => {
  // Letters of the examples stay out of everybody's mailbox.
  const home = mkdtempSync(join(tmpdir(), 'pacta-openapi-'));
  mkdirSync(join(home, 'mailbox', '2027-02-01'), { recursive: true });
  writeFileSync(join(home, 'mailbox', '2027-02-01', '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example.eml'), [
    'Message-ID: <5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example>', 'Date: Mon, 01 Feb 2027 08:00:05 +0000', 'From: "Implementation Support Unit" <isu@pacta.example>', 'To: "Maria Exemplo" <focal.point@example.org>',
    'Subject: Clearance is due on 1 March 2031', 'Auto-Submitted: auto-generated', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=a', '', '--a', 'Content-Type: multipart/alternative; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'Clearance is due on 1 March 2031.', '--b', 'Content-Type: text/html', '', '<p>Clearance is due on 1 March 2031.</p>', '--b--',
    '--a', 'Content-Type: application/ics', 'Content-Disposition: attachment; filename=deadlines.ics', '', 'BEGIN:VCALENDAR', '--a--', '',
  ].join('\r\n'));
  const own = ownService({ PACTA_HOME: home, WEBHOOKS_ALLOW_LOOPBACK: '1' });
  let receivers: Receivers;
  let description: Description;
  let admin: { authorization: string };
  let operations: [string, Operation][] = [];
  beforeAll(async () => {
    receivers = await startReceivers();
    receivers.behave('/', (response) => void response.end('ok'));
    const key = await adminKey(own.database);
    admin = bearer(key);
    await subscribeFor(key);
    const added = await fetch(`${own.service.base}/v1/contacts`, { method: 'POST', headers: { ...admin, 'content-type': 'application/json' }, body: JSON.stringify(CONTACT) });
    NAMES['contact'] = ((await added.json()) as { id: string }).id;
    for (const { name, id = randomUUID(), status, treaty = 'ccm', on = '2027-02-01', iso3 = 'GNB', hold = null } of MESSAGES) {
      NAMES[name] = id;
      if (hold) await rowsOf(own.database, `INSERT INTO notices.holds (id, treaty, on_day, reason, held_at, held_by) VALUES ($1, $2, $3, $4, now(), 'key:test')`, [hold, treaty, on, REASON]);
      await rowsOf(
        own.database,
        `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, reason, send_after, message_id, changed_at, hold_id)
         VALUES ($1, $5, $6, 'focal-point', $2, 'en', $3, ARRAY[$7], $4, $10, '2027-02-01T08:00:00Z', '<x@example.org>', $8, $9)`,
        [id, NAMES['contact'], JSON.stringify([{ iso3, article: 7, kind: 'annual-report', year: 2026, dueOn: '2027-04-30', step: 'Y-02-01' }]), status, treaty, on, iso3, CHANGED_AT, hold, REASON],
      );
    }
    NAMES['bounce'] = await bounceOf(randomUUID());
    description = (await (await fetch(`${own.service.base}/openapi.json`)).json()) as Description;
    operations = Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, Operation]));
  });

  afterAll(async () => {
    await receivers.close();
    rmSync(home, { recursive: true });
  });

  /** Endpoints in each status, for an administrator who is a subscriber as well; and one whose receiver is there. */
  const subscribeFor = async ({ id: key }: Key): Promise<void> => {
    const subscriber = randomUUID();
    await rowsOf(own.database, 'UPDATE access.keys SET subscriber = $2 WHERE id = $1', [key, subscriber]);
    await rowsOf(own.database, "INSERT INTO webhooks.subscribers (owner, email, since) VALUES ('subscriber:' || $1, 'reader@example.org', now())", [subscriber]);
    await rowsOf(own.database, "INSERT INTO webhooks.sign_ups (token_hash, email, asked_at) VALUES (sha256('a-token'), 'reader@example.org', now())");
    await rowsOf(own.database, "INSERT INTO webhooks.blocked_hosts (host, reason, actor, blocked_at) VALUES ('blocked.example', 'Its operator asked us to stop.', 'key:test', now())");
    for (const [name, status, url] of [['active', 'active', 'https://receiver.example/hooks/pacta'], ['paused', 'paused', 'https://receiver.example/hooks/pacta'], ['disabled', 'disabled', 'https://receiver.example/hooks/pacta'], ['called', 'active', receivers.url('/')]] as const) {
      const id = NAMES[name] = randomUUID();
      await rowsOf(
        own.database, `INSERT INTO webhooks.endpoints (id, owner, url, host, types, treaty, states, ordered, status, secret, challenge, created_at, changed_at)
         VALUES ($1, 'key:test', $2, 'receiver.example', '{treaty.instrument.deposited}', 'ccm', '{GNB}', false, $3, 'whsec_' || encode(sha256('a secret'), 'base64'), 'a challenge', now(), now())`, [id, url, status],
      );
      await rowsOf(own.database, 'INSERT INTO webhooks.lanes (endpoint) VALUES ($1)', [id]);
      const attempts = JSON.stringify([{ at: CHANGED_AT, status: 200, durationMs: 34, response: 'ok' }]);
      await rowsOf(own.database, "INSERT INTO webhooks.deliveries (endpoint, position, event_id, type, status, in_order, tries, due_at, attempts) VALUES ($1, 1, gen_random_uuid(), 'treaty.instrument.deposited', 'delivered', false, 1, now(), $2)", [id, attempts]);
    }
  };

  /** A report that this message, just sent, could not be delivered. */
  const bounceOf = async (id: string): Promise<string> => {
    await rowsOf(
      own.database,
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
       VALUES ($1, 'ccm', '2026-02-02', 'registrar', 'registrar', 'en', '[]', ARRAY['GNB'], 'sent', now(), '<y@example.org>', now())`, [id],
    );
    const [row] = await rowsOf<{ secret: Buffer }>(own.database, 'SELECT secret FROM notices.secret');
    const signature = createHmac('sha256', row?.secret as Buffer).update(`bounce ${id}`).digest('hex').slice(0, 16);
    return `To: bounces+${id}.${signature}@pacta.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n`;
  };

  it('is OpenAPI 3.1, as JSON, as YAML and as a page to look at', async () => {
    expect(description.openapi).toBe('3.1.0');
    expect(await (await fetch(`${own.service.base}/openapi.yaml`)).text()).toMatch(/^openapi: 3\.1\.0/);
    expect(await (await fetch(`${own.service.base}/docs`)).text()).toContain('Pacta API');
  });

  it('says of every route what it is for', () => {
    expect(operations.filter(([, { summary }]) => !summary || summary.length < 10)).toEqual([]);
    expect(operations.length).toBeGreaterThan(20);
  });

  it('gives an example of every answer in JSON that is no refusal', () => {
    const without = operations.flatMap(([route, { responses }]) => Object.entries(responses).filter(([status, { content }]) => {
      if (!status.startsWith('2') || status === '204') return false;
      return !content || ('application/json' in content && content['application/json']?.example === undefined);
    }).map(([status]) => `${route} ${status}`));
    expect(without).toEqual([]);
  });

  it('tells no lies in its examples', async () => {
    const found: string[] = [];
    for (const [route, { responses }] of operations) {
      for (const [status, { content }] of Object.entries(responses)) {
        const example = content?.['application/json']?.example;
        if (example === undefined) continue;
        const asked: (typeof ASKED)[string] = ASKED[`${route} ${status}`] ?? { path: route.split(' ')[1] ?? '' };
        const { body, method = body ? 'POST' : 'GET' } = asked;
        const path = asked.path.replace(/\{(\w+)\}/g, (_, name: string) => NAMES[name] ?? '');
        const sent = typeof body === 'string' ? { type: asked.type ?? 'text/csv', text: body.replace('{bounce}', () => NAMES['bounce'] ?? '') } : { type: 'application/json', text: JSON.stringify(body) };
        const answer = await fetch(`${own.service.base}${path}`, { method, headers: { ...admin, ...(asked.accept ? { accept: asked.accept } : {}), ...(body ? { 'content-type': sent.type } : {}) }, ...(body ? { body: sent.text } : {}) });
        expect(`${path} ${answer.status}`).toBe(`${path} ${status}`);
        found.push(...lies(example, await answer.json(), `${route} ${status}`, AHEAD.has(`${route} ${status}`)));
      }
    }
    expect(found).toEqual([]);
  });

  it('shows a refusal as it is', async () => {
    const refused = await fetch(`${own.service.base}${CCM}/states/GNB/facts`, { method: 'POST', headers: { ...admin, 'content-type': 'application/json' }, body: JSON.stringify(fact('instrument-deposited', '2026-03-10', { instrument: 'ratification' })) });
    const example = description.paths['/v1/treaties/{treaty}/states/{iso3}/facts']?.['post']?.responses['422']?.content?.['application/problem+json']?.example as object;
    expect({ ...((await refused.json()) as object), correlation: '' }).toEqual({ ...example, correlation: '' });
  });

  it('says which data go with each kind of fact', () => {
    const { FactBody } = description.components.schemas;
    const kinds = FactBody?.oneOf?.map(({ title }) => title) ?? [];
    expect(kinds).toHaveLength(36);
    expect(kinds).toEqual(expect.arrayContaining(['signed', 'extension-granted', 'fact-corrected']));
  });

  it('calls a text a text', () => {
    const { FactBody } = description.components.schemas;
    for (const member of ['type', 'effectiveOn', 'knownBy', 'knownOn', 'note']) expect([member, [FactBody?.properties?.[member]?.type].flat()]).toEqual([member, expect.arrayContaining(['string'])]);
    for (const [route, { parameters = [] }] of operations) for (const { name, schema } of parameters) expect([route, name, schema?.type]).toEqual([route, name, expect.stringMatching(/^(string|integer|boolean)$/)]);
  });
});
