import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { fact, recordFact } from '../../support/facts.js';
import { adminKey, createKey } from '../../support/keys.js';
import { rowsOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { type Receivers, startReceivers } from '../../support/receiver.js';
import { ownService } from '../../support/suite.js';
import { DEPOSITED, type EndpointView, REMARK, Subscriber, until } from '../../support/webhooks.js';

const own = ownService({ WEBHOOKS_ALLOW_LOOPBACK: '1' });
let receivers: Receivers;
let admin: Subscriber;
let ana: Subscriber;
let ben: Subscriber;
beforeAll(async () => {
  receivers = await startReceivers();
  const key = await adminKey(own.database);
  const as = async (role: 'subscriber' | 'auditor'): Promise<Subscriber> => new Subscriber(() => own.service, await createKey(own.service, key, role));
  [admin, ana, ben] = [new Subscriber(() => own.service, key), await as('subscriber'), await as('subscriber')];
});
afterAll(() => receivers.close());

describe('an endpoint', () => {
  it('is sent nothing before it has answered the signed challenge with its value', async () => {
    receivers.meet('/slow-to-agree', (response) => void response.end(JSON.stringify({ challenge: 'something else' })));
    const { status, body } = await ana.create(receivers.url('/slow-to-agree'), { types: [REMARK], states: ['NIU'] });
    expect([status, body.status]).toEqual([201, 'unverified']);
    expect([body.secret, body.publicKey]).toEqual([expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/)]);
    await until(async () => (await ana.one(body.id)).reason?.includes('does not hold the same challenge') === true);
    await recordFact(own.service, 'NIU', fact('remark-made', '2020-09-28', { about: 'before-consent' }));
    receivers.meet('/slow-to-agree');
    expect((await ana.post<EndpointView>(`/v1/webhooks/${body.id}/challenge`)).body).toMatchObject({ status: 'unverified' });
    await until(async () => (await ana.one(body.id)).status === 'active');
    await recordFact(own.service, 'NIU', fact('remark-made', '2020-09-28', { about: 'after-consent' }));
    await until(() => receivers.at('/slow-to-agree').length > 0);
    expect(receivers.at('/slow-to-agree').map(({ event }) => event.data.details?.about)).toEqual(['after-consent']);
    expect(refusalIn(await ana.post(`/v1/webhooks/${body.id}/challenge`))).toMatchObject({ status: 409, code: 'not-in-that-state' });
  });

  it('shows its secret once, and whoever gets at its row over the API never again', async () => {
    const { secret, id } = await ana.active(receivers.url('/secret'));
    for (const path of ['/v1/webhooks', `/v1/webhooks/${id}`, `/v1/webhooks/${id}/deliveries`]) {
      for (const asker of [ana, admin]) expect(JSON.stringify((await asker.get(path)).body)).not.toContain(secret);
    }
  });

  it('is made once by a request that is sent again with its key, and the lost answer is given again', async () => {
    const again = { 'idempotency-key': 'ana-1' };
    const answers = await Promise.all([1, 2, 3].map(() => ana.create(receivers.url('/once'), {}, again)));
    expect(new Set(answers.map(({ body: { id, secret } }) => `${id} ${secret}`)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get('idempotent-replayed')).sort()).toEqual(['false', 'true', 'true']);
    expect(refusalIn(await ana.create(receivers.url('/another'), {}, again))).toMatchObject({ status: 409, code: 'idempotency-key-used' });
    const bens = await ben.create(receivers.url('/once'), {}, again);
    expect([bens.status, bens.body.id === answers[0]?.body.id]).toEqual([201, false]);
  });

  it('is its owner’s: another subscriber finds neither it nor its deliveries, an administrator all', async () => {
    const { id } = await ana.active(receivers.url('/anas'), { types: [REMARK], states: ['TUV'] });
    await recordFact(own.service, 'TUV', fact('remark-made', '2020-09-28', { about: 'anas' }));
    await until(async () => (await ana.events(id)).length > 0);
    const [delivery] = await ana.events(id);
    const listed = async (asker: Subscriber): Promise<boolean> => (await asker.get<{ items: EndpointView[] }>('/v1/webhooks')).body.items.some((one) => one.id === id);
    expect([await listed(ana), await listed(ben), await listed(admin)]).toEqual([true, false, true]);
    const none = '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c';
    for (const [path, nowhere] of [[`/v1/webhooks/${id}`, `/v1/webhooks/${none}`], [`/v1/webhooks/${id}/deliveries`, `/v1/webhooks/${none}/deliveries`]] as const) {
      const [forbidden, missing] = [refusalIn(await ben.get(path)), refusalIn(await ben.get(nowhere))];
      expect({ ...forbidden, correlation: '' }).toEqual({ ...missing, correlation: '' });
      expect([forbidden.status, (await admin.get(path)).status]).toEqual([404, 200]);
    }
    for (const act of ['test', 'rotate', 'pause', 'resume', 'challenge', 'recover', 'replay']) {
      expect(refusalIn(await ben.post(`/v1/webhooks/${id}/${act}`, act === 'recover' ? { since: '2026-01-01T00:00:00Z' } : act === 'replay' ? { after: 0 } : {}))).toMatchObject({ status: 404, code: 'unknown-endpoint' });
    }
    const [others, missing] = [refusalIn(await ben.post(`/v1/deliveries/${delivery?.id}/resend`)), refusalIn(await ben.post(`/v1/deliveries/${none}.1/resend`))];
    expect({ ...others, correlation: '' }).toEqual({ ...missing, correlation: '' });
    expect([await ben.delete(`/v1/webhooks/${id}`), await ana.delete(`/v1/webhooks/${id}`), await ana.delete(`/v1/webhooks/${id}`)]).toEqual([404, 204, 404]);
    expect(await rowsOf(own.database, 'SELECT FROM webhooks.deliveries WHERE endpoint = $1', [id])).toEqual([]);
  });
});

describe('what is asked for', () => {
  it.each([
    [{ url: 'ftp://example.org/x' }, 422, 'address-not-allowed'], [{ url: 'not an address' }, 422, 'address-not-allowed'], [{ url: 'https://user:password@example.org/' }, 422, 'address-not-allowed'], [{ url: 'https://example.org./' }, 422, 'address-not-allowed'],
    [{ url: 7 }, 400, 'invalid-input'], [{ url: undefined }, 400, 'invalid-input'],
    [{ types: [] }, 400, 'invalid-input'], [{ types: 'treaty.signed' }, 400, 'invalid-input'], [{ types: [DEPOSITED, 'treaty.broken'] }, 422, 'unknown-event-type'], [{ types: [{}] }, 400, 'invalid-input'],
    [{ treaty: 'npt' }, 400, 'invalid-input'], [{ states: ['XXX'] }, 400, 'invalid-input'], [{ states: ['gnb'] }, 400, 'invalid-input'], [{ theme: 'War and Peace' }, 400, 'invalid-input'],
    [{ ordered: 'yes' }, 400, 'invalid-input'], [{ rate: 0 }, 400, 'invalid-input'], [{ rate: 1.5 }, 400, 'invalid-input'], [{ secret: 'whsec_mine' }, 400, 'invalid-input'],
  ])('is refused where it makes no sense: %j', async (asked, status, code) => {
    const before = (await ana.get<{ items: object[] }>('/v1/webhooks')).body.items.length;
    const problem = refusalIn(await ana.create('https://example.org/hooks', asked));
    expect(problem).toMatchObject({ status, code });
    if (code === 'unknown-event-type') expect(problem.detail).toContain('treaty.broken');
    expect((await ana.get<{ items: object[] }>('/v1/webhooks')).body.items).toHaveLength(before);
  });

  it.each([['recover', {}], ['recover', { since: 'yesterday' }], ['recover', { since: '2026-02-30T00:00:00Z' }], ['replay', { after: -1 }], ['replay', { after: '0' }], ['replay', {}]])('of %s is refused where it is no place: %j', async (act, body) => {
    const { id } = (await ana.create(receivers.url('/places'))).body;
    expect(refusalIn(await ana.post(`/v1/webhooks/${id}/${act}`, body))).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it('may not be ahead of the log, and waits for consent', async () => {
    const { id } = (await ana.create(receivers.url('/ahead'))).body;
    expect(refusalIn(await ana.post(`/v1/webhooks/${id}/replay`, { after: 1_000_000 }))).toMatchObject({ status: 400, code: 'position-ahead-of-the-log' });
    for (const [act, body] of [['replay', { after: 0 }], ['recover', { since: '2026-01-01T00:00:00Z' }], ['test', {}], ['pause', {}]] as const) {
      const { body: unverified } = await ana.create(receivers.url('/never'), {});
      if ((await ana.one(unverified.id)).status === 'unverified') expect(refusalIn(await ana.post(`/v1/webhooks/${unverified.id}/${act}`, body))).toMatchObject({ status: 409, code: 'not-in-that-state' });
    }
  });
});

describe('the kill switch', () => {
  it('ends all calls to a host, and lets what waited go once the host is let go', async () => {
    const { id } = await ana.active(receivers.url('/switched'), { types: [REMARK], states: ['PER'] });
    expect(refusalIn(await ana.post('/v1/blocked-hosts', { host: '127.0.0.1', reason: 'Trouble.' }))).toMatchObject({ status: 403 });
    expect((await admin.post('/v1/blocked-hosts', { host: '127.0.0.1', reason: 'Trouble.' })).body).toMatchObject({ host: '127.0.0.1', reason: 'Trouble.', actor: expect.stringMatching(/^key:/) });
    await recordFact(own.service, 'PER', fact('remark-made', '2020-09-28', { about: 'blocked' }));
    await until(async () => (await ana.events(id)).length > 0);
    await sleep(300);
    expect([(await ana.events(id))[0]?.status, receivers.at('/switched').length]).toEqual(['pending', 0]);
    expect(refusalIn(await ana.post(`/v1/webhooks/${id}/test`))).toMatchObject({ status: 422, code: 'host-blocked' });
    expect(refusalIn(await ana.create(receivers.url('/new')))).toMatchObject({ status: 422, code: 'host-blocked' });
    expect((await admin.get<{ items: object[] }>('/v1/blocked-hosts')).body.items).toMatchObject([{ host: '127.0.0.1' }]);
    expect([await admin.delete('/v1/blocked-hosts/127.0.0.1'), await admin.delete('/v1/blocked-hosts/127.0.0.1')]).toEqual([204, 404]);
    await until(() => receivers.at('/switched').length > 0);
  });

  it.each(['https://example.org', 'example.org:443', '', '-', 'a b', '127.0.0.1/8'])('takes the name of a host and nothing else: %s', async (host) => {
    expect(refusalIn(await admin.post('/v1/blocked-hosts', { host, reason: 'Trouble.' }))).toMatchObject({ status: 400, code: 'invalid-input' });
  });
});
