import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CCM, fact, recordFact } from '../support/facts.js';
import { get } from '../support/http.js';
import { problemIn } from '../support/problem.js';
import { createDatabase, type Database, startService } from '../support/service.js';
import { ownService } from '../support/suite.js';

describe('a running service', () => {
  const own = ownService({ CORS_ORIGINS: 'https://one.example, https://two.example', RATE_LIMIT: '5', TRUST_PROXY: 'loopback' });
  const from = async (origin: string, method = 'GET'): Promise<Headers> =>
    (await fetch(`${own.service.base}/health/live`, { method, headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'GET' } : {}) } })).headers;

  it('lets browsers in from the origins that are named, and from no other', async () => {
    expect((await from('https://two.example')).get('access-control-allow-origin')).toBe('https://two.example');
    expect((await from('https://two.example')).get('access-control-expose-headers')).toContain('etag');
    expect((await from('https://one.example', 'OPTIONS')).get('access-control-allow-origin')).toBe('https://one.example');
    expect((await from('https://three.example')).get('access-control-allow-origin')).toBeNull();
  });

  it('answers no more than so many requests a minute, with a problem that says when to ask again', async () => {
    const answers = [];
    for (let request = 0; request < 7; request++) answers.push(await get(own.service, '/v1/treaties'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const last = answers.at(-1) as (typeof answers)[number];
    expect(problemIn(last)).toMatchObject({ status: 429, code: 'too-many-requests', detail: expect.stringMatching(/5 requests a minute.*again in/) });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('counts those apart who come through a proxy that it is told to believe', async () => {
    const throughProxy = async (address: string) => (await get(own.service, '/v1/treaties', { 'x-forwarded-for': address })).status;
    expect([await throughProxy('198.51.100.7'), await throughProxy('198.51.100.8'), await throughProxy('127.0.0.1')]).toEqual([200, 200, 429]);
  });

  it('goes on saying that it is well', async () => {
    for (let request = 0; request < 7; request++) expect((await get(own.service, '/health/ready')).body).toMatchObject({ status: 'ok', checks: [{ name: 'event log', ok: true }, { name: 'read models', ok: true }, { name: 'queue', ok: true }, { name: 'record', ok: true }] });
  });
});

describe('a service that nobody may call from a browser', () => {
  const own = ownService();

  it('says so by saying nothing', async () => {
    expect((await get(own.service, '/v1/treaties', { origin: 'https://one.example' })).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('gives every answer an id, the same in the problem and in the record', async () => {
    const missing = await get(own.service, '/nothing');
    expect(problemIn(missing).correlation).toBe(missing.headers.get('x-correlation-id'));
    const ids = await Promise.all([1, 2].map(async () => (await get(own.service, '/v1/treaties')).headers.get('x-correlation-id')));
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('measures itself in Prometheus’ terms', async () => {
    await recordFact(own.service, 'NIU', fact('remark-made', '2020-01-01', { about: 'a test' }));
    await get(own.service, `${CCM}/states/GNB`);
    const { headers, body } = await get<string>(own.service, '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body).toMatch(/^pacta_http_request_seconds_count\{method="GET",route="\/v1\/treaties\/:treaty\/states\/:iso3",status="200"\} 1$/m);
    expect(body).toMatch(/^pacta_append_seconds_count [1-9]/m);
    for (const follower of ['read models', 'webhooks']) {
      expect(body).toMatch(new RegExp(`^pacta_follower_lag_events{follower="${follower}"} \\d+$`, 'm'));
      expect(body).toMatch(new RegExp(`^pacta_follower_lag_seconds{follower="${follower}"} [\\d.]+$`, 'm'));
    }
    for (const state of ['planned', 'rendered', 'sending', 'held', 'failed', 'unknown']) expect(body).toMatch(new RegExp(`^pacta_notices{state="${state}"} 0$`, 'm'));
    for (const state of ['due', 'later']) expect(body).toMatch(new RegExp(`^pacta_webhook_deliveries{state="${state}"} 0$`, 'm'));
    for (const queue of ['letters', 'webhooks']) expect(body).toMatch(new RegExp(`^pacta_queue_jobs{queue="${queue}",state="delayed"} \\d+$`, 'm'));
    expect(body).toMatch(/^pacta_lease_held\{lease="projector read_v2"\} 1$/m);
    expect(body).not.toMatch(/GNB|NIU/);
  });
});

describe('a service that cannot start', () => {
  let database: Database;
  beforeAll(async () => {
    database = await createDatabase({ loaded: false });
  });
  afterAll(() => database.drop());

  const endOf = async (env: Record<string, string>): Promise<{ code: number | null; said: string }> => {
    const service = await startService(database, env, { untilReady: false });
    const [code] = (await once(service.process, 'close')) as [number | null];
    return { code, said: service.output() };
  };
  const elsewhere = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['no database there', () => ({ DATABASE_URL: 'postgres://postgres@127.0.0.1:1/pacta' }), /^The database at DATABASE_URL does not answer.*$/],
    ['no such database', () => ({ DATABASE_URL: elsewhere((url) => (url.pathname = '/nothing_here')) }), /^The database named in DATABASE_URL does not exist.*$/],
    ['another password', () => ({ DATABASE_URL: elsewhere((url) => (url.password = 'guess')) }), /^The database refuses the user or the password of DATABASE_URL\.$/],
    ['an address that is none', () => ({ DATABASE_URL: 'mysql://s3cret@x/y' }), /^These settings are not usable: DATABASE_URL must be an address like postgres:.*$/],
    ['neither yes nor no', () => ({ PUBLIC_READS: 'maybe' }), /^These settings are not usable: PUBLIC_READS must be 1 or 0\.$/],
    ['a host that is not this machine', () => ({ HOST: '203.0.113.7' }), /^HOST is no address of this machine\.$/],
  ])('says why in one sentence: %s', async (_, env, sentence) => {
    const { code, said } = await endOf(env());
    expect({ code, said: said.trim() }).toEqual({ code: 1, said: expect.stringMatching(sentence) });
    expect(said).not.toMatch(/s3cret|guess/);
  });

  it('says that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, said } = await endOf({ PORT: String(port) });
    other.close();
    expect({ code, said: said.trim() }).toEqual({ code: 1, said: `Port ${port} is in use: stop what listens there, or choose another with PORT=3001.` });
  });
});
