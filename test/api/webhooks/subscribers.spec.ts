import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fact, recordFact } from '../../support/facts.js';
import { get } from '../../support/http.js';
import { adminKey, createKey } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { problemIn, refusalIn } from '../../support/problem.js';
import { type Receivers, startReceivers } from '../../support/receiver.js';
import { runCli, startService } from '../../support/service.js';
import { ownService } from '../../support/suite.js';
import { type EndpointView, REMARK, Subscriber, until } from '../../support/webhooks.js';

interface Given {
  id: string;
  key: string;
  subscriber: string;
}

const home = mkdtempSync(join(tmpdir(), 'pacta-subscribers-'));
const own = ownService({ WEBHOOKS_ALLOW_LOOPBACK: '1', PUBLIC_READS: '0', PACTA_HOME: home });
let receivers: Receivers;
/** An endpoint whose owner is written to with the next round; there is one every five seconds. */
let disabled: string;
let admin: Subscriber;
beforeAll(async () => {
  receivers = await startReceivers();
  admin = new Subscriber(() => own.service, await adminKey(own.database));
});
afterAll(async () => {
  await receivers.close();
  rmSync(home, { recursive: true });
});

/** Letters in the embedded mailbox to an address. */
const lettersTo = (address: string): string[] => {
  const root = join(home, 'mailbox');
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && one.name.endsWith('.eml')).map((one) => readFileSync(join(one.parentPath, one.name), 'utf8').replace(/=\r\n/g, '').replaceAll('=3D', '=')).filter((mime) => mime.includes(`To: ${address}`));
  } catch {
    return [];
  }
};
const ask = async (email: unknown) => {
  const response = await fetch(`${own.service.base}/v1/subscribers`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email }) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, string> };
};
const linkTo = async (address: string): Promise<string> => {
  const before = lettersTo(address).length;
  expect(await ask(address)).toMatchObject({ status: 202 });
  await until(() => lettersTo(address).length > before);
  const links = lettersTo(address).map((mime) => /\/s\/[\w-]+/.exec(mime)?.[0] ?? '');
  return links.at(-1) ?? '';
};
const press = (link: string, headers: Record<string, string> = { accept: 'application/json' }) => fetch(`${own.service.base}${link}`, { method: 'POST', headers });
const subscribed = async (address: string): Promise<Given & { as: Subscriber }> => {
  const given = (await (await press(await linkTo(address))).json()) as Given;
  return { ...given, as: new Subscriber(() => own.service, given) };
};

describe('whoever confirms an address', () => {
  it('has its endpoint disabled once that says that it wants no more', async () => {
    receivers.behave('/no-more', (response) => void response.writeHead(410).end());
    const { as } = await subscribed('cleo@example.org');
    disabled = (await as.active(receivers.url('/no-more'), { types: [REMARK], states: ['GNB'] })).id;
    await recordFact(own.service, 'GNB', fact('remark-made', '2020-09-28', { about: 'no-more' }));
    await until(async () => (await as.one(disabled)).status === 'disabled');
  });

  it('gets a key by itself: to look changes nothing, the button shows it once', async () => {
    const link = await linkTo('ana@example.org');
    for (let look = 0; look < 3; look++) {
      const page = await get<string>(own.service, link);
      expect([page.status, page.headers.get('cache-control'), page.body.includes('<form method="post"><button>')]).toEqual([200, 'no-store', true]);
      expect(page.body).not.toMatch(/pacta_|example\.org/);
    }
    const pressed = await press(link, { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' });
    const key = /pacta_[0-9a-f]{12}_[\w-]{43}/.exec(await pressed.text())?.[0] ?? '';
    expect([pressed.status, pressed.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const ana = new Subscriber(() => own.service, { key });
    expect((await ana.create(receivers.url('/ana'))).status).toBe(201);
    expect(problemIn(await get(own.service, link))).toMatchObject({ status: 404, code: 'unknown-link' });
    expect((await press(link)).status).toBe(404);
  });

  it('finds its endpoints again with a further key, and may put the lost one out of use', async () => {
    const first = await subscribed('ben@example.org');
    const { id } = (await first.as.create(receivers.url('/ben'))).body;
    const second = await subscribed('Ben@example.org');
    expect(second.subscriber).toBe(first.subscriber);
    expect((await second.as.one(id)).id).toBe(id);
    expect((await second.as.get<{ email: string; keys: { id: string }[] }>('/v1/subscribers/me')).body).toMatchObject({ email: 'ben@example.org', keys: [{ id: first.id }, { id: second.id }] });
    expect([await second.as.delete(`/v1/subscribers/me/keys/${first.id}`), await second.as.delete(`/v1/subscribers/me/keys/${first.id}`)]).toEqual([204, 404]);
    expect((await first.as.get('/v1/webhooks')).status).toBe(401);
  });

  it('is forgotten when it says so: address, letters, endpoints, keys', async () => {
    const { as, subscriber } = await subscribed('dora@example.org');
    await as.create(receivers.url('/dora'));
    expect(await as.delete('/v1/subscribers/me')).toBe(204);
    expect((await as.get('/v1/webhooks')).status).toBe(401);
    expect(lettersTo('dora@example.org')).toEqual([]);
    expect(await rowsOf(own.database, 'SELECT FROM webhooks.endpoints WHERE owner LIKE $1', [`%${subscriber}`])).toEqual([]);
    expect(await everything()).not.toMatch(/dora@/i);
  });
});

/** All text in the database. */
const everything = async (): Promise<string> => {
  const tables = await rowsOf<{ name: string }>(own.database, "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')");
  const rows = await Promise.all(tables.map(({ name }) => rowsOf<{ row: string }>(own.database, `SELECT one::text AS row FROM ${name} AS one`)));
  return rows.flat().map(({ row }) => row).join('\n');
};

describe('whoever asks for a key', () => {
  it('is answered the same, whoever it is, and one address is written to three times a day at the most', async () => {
    const answers = [];
    for (const email of ['eva@example.org', 'eva@example.org', 'EVA@example.org', 'eva@example.org', 'eva@example.org']) answers.push(await ask(email));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    await until(() => lettersTo('eva@example.org').length + lettersTo('EVA@example.org').length === 3);
  });

  it.each(['', 'nobody', 'a@b@c', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 7, null])('must give one address: %j', async (email) => {
    expect(refusalIn(await ask(email))).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it('may not ask all the time, and not at all where an operator has switched it off', async () => {
    let last = await ask('fred@example.org');
    for (let asked = 0; asked < 25 && last.status === 202; asked++) last = await ask(`fred${asked}@example.org`);
    expect(refusalIn(last)).toMatchObject({ status: 429, code: 'too-many-sign-ups' });
    const off = await startService(own.database, { SUBSCRIBERS_SELF_SERVICE: '0', PACTA_HOME: home });
    const refused = await fetch(`${off.base}/v1/subscribers`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"email":"gina@example.org"}' });
    expect(problemIn({ status: refused.status, headers: refused.headers, body: await refused.json() })).toMatchObject({ status: 403, code: 'self-service-off' });
    await off.stop();
  });
});

describe('an administrator', () => {
  it('gives out a key for an address by hand, sees who has one, and erases', async () => {
    const { body } = await admin.post<Given>('/v1/keys', { role: 'subscriber', email: 'hana@example.org', label: 'by hand' });
    const cli = JSON.parse((await runCli(own.database, 'keys', 'create', '--role', 'subscriber', '--email', 'hana@example.org', '--json')).stdout) as Given;
    expect(cli.subscriber).toBe(body.subscriber);
    const hana = new Subscriber(() => own.service, cli);
    const { owner } = (await hana.create(receivers.url('/hana'))).body;
    expect(owner).toBe(`subscriber:${cli.subscriber}`);
    const listed = await admin.get<{ items: { id: string; email: string }[] }>('/v1/subscribers');
    expect(listed.body.items).toContainEqual({ id: cli.subscriber, email: 'hana@example.org', since: expect.any(String) });
    expect(refusalIn(await hana.get('/v1/subscribers'))).toMatchObject({ status: 403 });
    expect([await admin.delete(`/v1/subscribers/${cli.subscriber}`), (await hana.get('/v1/webhooks')).status]).toEqual([204, 401]);
    expect(await everything()).not.toContain('hana@');
    expect(await admin.delete('/v1/subscribers/01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c')).toBe(404);
  });

  it('gives an address to subscribers only; a key without one has none', async () => {
    expect(refusalIn(await admin.post('/v1/keys', { role: 'auditor', email: 'ida@example.org' }))).toMatchObject({ status: 400 });
    const bare = new Subscriber(() => own.service, await createKey(own.service, admin.key as { id: string; key: string }, 'subscriber'));
    expect(refusalIn(await bare.get('/v1/subscribers/me'))).toMatchObject({ status: 404, code: 'no-subscriber' });
    expect((await bare.create(receivers.url('/bare'))).body as EndpointView).toMatchObject({ owner: expect.stringMatching(/^key:/) });
  });
});

describe('the owner of a disabled endpoint', () => {
  it('is told by e-mail, once, how to go on', async () => {
    const told = (): string[] => lettersTo('cleo@example.org').filter((mime) => mime.includes('endpoint is disabled'));
    await until(() => told().length > 0);
    expect(told()).toEqual([expect.stringContaining(`/v1/webhooks/${disabled}/resume`)]);
  });
});
