import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPublicKey, verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { fact, recorded, recordFact } from '../../support/facts.js';
import { adminKey, createKey } from '../../support/keys.js';
import { headOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { type Arrived, type Receivers, startReceivers } from '../../support/receiver.js';
import { ownService } from '../../support/suite.js';
import { DEPOSITED, type Delivery, type EndpointView, REMARK, Subscriber, until } from '../../support/webhooks.js';

const own = ownService({ WEBHOOKS_ALLOW_LOOPBACK: '1' });
let receivers: Receivers;
let ana: Subscriber;
beforeAll(async () => {
  receivers = await startReceivers();
  ana = new Subscriber(() => own.service, await createKey(own.service, await adminKey(own.database), 'subscriber'));
});
afterAll(() => receivers.close());

const deposit = (iso3: string) => recorded(own.service, iso3, fact('instrument-deposited', '2026-03-10', { instrument: 'accession' }));
const remark = async (iso3: string, about: string): Promise<void> => void (await recordFact(own.service, iso3, fact('remark-made', '2020-09-28', { about })));
const ofHeaders = ({ headers }: Arrived): Record<string, string> => Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]));
const idsAt = (path: string): string[] => receivers.at(path).map(({ headers }) => String(headers['webhook-id']));
const arrive = (path: string, count: number): Promise<void> => until(() => receivers.at(path).length >= count);

/** Whether any `v1a` signature is by the owner of this key; with nothing of ours in it. */
const isSignedBy = (publicKey: string, { headers, body }: Arrived): boolean => {
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey.slice('whpk_'.length), 'base64')]), format: 'der', type: 'spki' });
  const content = Buffer.from(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`);
  return String(headers['webhook-signature']).split(' ').filter((one) => one.startsWith('v1a,')).some((one) => verify(null, content, key, Buffer.from(one.slice(4), 'base64')));
};

describe('a new ratification', () => {
  it('arrives once at whoever asked for it, signed so that others can verify it, as a CloudEvent', async () => {
    const mine = await ana.active(receivers.url('/ton'), { treaty: 'ccm', states: ['TON'], theme: 'universalization' });
    await ana.active(receivers.url('/others'), { states: ['EST'] });
    const { events: [id], position } = await deposit('TON');
    await arrive('/ton', 1);
    await sleep(200);
    expect([receivers.at('/ton').length, receivers.at('/others').length]).toEqual([1, 0]);
    const [call] = receivers.at('/ton') as [Arrived];

    expect(new Webhook(mine.secret).verify(call.body, ofHeaders(call))).toMatchObject({ id });
    expect(() => new Webhook(mine.secret).verify(call.body.replace('TON', 'TUV'), ofHeaders(call))).toThrow();
    expect([isSignedBy(mine.publicKey, call), isSignedBy(mine.publicKey, { ...call, body: `${call.body} ` })]).toEqual([true, false]);
    const parsed = HTTP.toEvent({ headers: call.headers, body: call.body });
    expect(parsed).toMatchObject({ id, type: DEPOSITED, subject: 'TON', data: { position, state: 'TON', effectiveOn: '2026-03-10', details: { instrument: 'accession' } } });
    expect(call.headers['webhook-id']).toBe(id);
    expect(Math.abs(Number(call.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
    expect(Buffer.byteLength(call.body)).toBeLessThan(20_000);
    expect(call.body).not.toMatch(/key:|actor|note/);
  });

  it('stands in the log of its endpoint with what came of it', async () => {
    receivers.behave('/log', (response) => void response.writeHead(201).end('x'.repeat(5_000)));
    const { id } = await ana.active(receivers.url('/log'), { states: ['EST'] });
    const { events: [event] } = await deposit('EST');
    await until(async () => (await ana.events(id))[0]?.status === 'delivered');
    expect(await ana.events(id)).toEqual([{
      id: expect.stringContaining(id), eventId: event, type: DEPOSITED, status: 'delivered',
      attempts: [{ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), status: 201, durationMs: expect.any(Number), response: 'x'.repeat(1_024) }],
    }]);
  });
});

describe('what an endpoint asks for', () => {
  it('is filtered by State and by type, and comes page by page in the log', async () => {
    const { id } = await ana.active(receivers.url('/filtered'), { types: [REMARK], states: ['ZAF', 'PER'] });
    for (const [iso3, about] of [['ZAF', 'one'], ['LKA', 'not-mine'], ['PER', 'two'], ['ZAF', 'three']] as const) await remark(iso3, about);
    await arrive('/filtered', 3);
    await until(async () => (await ana.events(id)).every(({ status }) => status === 'delivered'));
    expect(receivers.at('/filtered').map(({ event }) => event.data.details?.about).sort()).toEqual(['one', 'three', 'two']);
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: Delivery[]; next: string | null } } = await ana.get(`/v1/webhooks/${id}/deliveries?limit=2${cursor && `&cursor=${cursor}`}`);
      pages.push(...body.items.map((one) => one.id));
      cursor = body.next;
    }
    expect(pages).toEqual((await ana.log(id, '?limit=200')).map((one) => one.id));
  });

  it('is kept while it is paused, and comes once it is resumed; in order where that was asked for', async () => {
    const { id } = await ana.active(receivers.url('/paused'), { types: [REMARK], states: ['NIU'], ordered: true });
    expect((await ana.post<EndpointView>(`/v1/webhooks/${id}/pause`)).body.status).toBe('paused');
    for (let n = 1; n <= 5; n++) await remark('NIU', `n${'x'.repeat(n)}`);
    await until(async () => (await ana.events(id)).length === 5);
    expect(receivers.at('/paused')).toEqual([]);
    expect((await ana.post<EndpointView>(`/v1/webhooks/${id}/resume`)).body.status).toBe('active');
    await arrive('/paused', 5);
    expect(receivers.at('/paused').map(({ event }) => event.data.details?.about)).toEqual([1, 2, 3, 4, 5].map((n) => `n${'x'.repeat(n)}`));
  });
});

describe('a secret that is rotated', () => {
  it('signs together with the one before, and a test event shows it', async () => {
    const { id, secret: first } = await ana.active(receivers.url('/rotated'));
    const { body: { secret: second, previousSecretUntil } } = await ana.post<EndpointView>(`/v1/webhooks/${id}/rotate`);
    expect(Date.parse(previousSecretUntil ?? '') - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    const { body: tested } = await ana.post<Delivery>(`/v1/webhooks/${id}/test`);
    expect(tested).toMatchObject({ type: 'webhook.test', status: 'delivered', attempts: [{ status: 200, response: 'taken' }] });
    const call = receivers.all('/rotated').at(-1) as Arrived;
    for (const secret of [first, second]) expect(new Webhook(secret).verify(call.body, ofHeaders(call))).toMatchObject({ type: 'webhook.test' });
    expect(String(call.headers['webhook-signature']).match(/v1,/g)).toHaveLength(2);
    expect(refusalIn(await ana.post(`/v1/deliveries/${tested.id}/resend`))).toMatchObject({ status: 409, code: 'not-resent' });
  });
});

describe('an event that is sent again', () => {
  it('has the webhook-id that it had: on resend, on recovery and on replay', async () => {
    receivers.behave('/again', (response) => void response.writeHead(500).end('down'));
    const since = new Date().toISOString();
    const { id } = await ana.active(receivers.url('/again'), { states: ['FIN'] });
    const before = await headOf(own.database);
    const { events: [event] } = await deposit('FIN');
    await until(async () => (await ana.events(id))[0]?.attempts.length === 1);
    const [failed] = await ana.events(id);
    expect(failed).toMatchObject({ eventId: event, status: 'pending', nextAttemptAt: expect.any(String), attempts: [{ status: 500, response: 'down' }] });
    receivers.behave('/again');
    expect((await ana.post<Delivery>(`/v1/deliveries/${failed?.id}/resend`)).status).toBe(200);
    await arrive('/again', 2);
    await until(async () => (await ana.events(id))[0]?.status === 'delivered');

    // What has arrived is not recovered, but replayed.
    expect((await ana.post(`/v1/webhooks/${id}/recover`, { since })).body).toEqual({ deliveries: 0 });
    expect((await ana.post(`/v1/webhooks/${id}/replay`, { after: before })).body).toEqual({ deliveries: 1 });
    await arrive('/again', 3);
    expect(idsAt('/again')).toEqual([event, event, event]);
    await until(async () => (await ana.events(id))[0]?.attempts.length === 3);
    expect(await ana.events(id)).toMatchObject([{ id: failed?.id, eventId: event, status: 'delivered' }]);
  });

  it('brings history only where a replay asks for it', async () => {
    const { id } = await ana.active(receivers.url('/history'), { states: ['GNB', 'PER'] });
    expect((await ana.post(`/v1/webhooks/${id}/recover`, { since: '2000-01-01T00:00:00Z' })).body).toEqual({ deliveries: 0 });
    expect((await ana.post(`/v1/webhooks/${id}/replay`, { after: 0 })).body).toEqual({ deliveries: 2 });
    await arrive('/history', 2);
    expect(receivers.at('/history').map(({ event }) => event.data.state).sort()).toEqual(['GNB', 'PER']);
  });

  it('reaches a receiver that wanted no more only once that has agreed anew', async () => {
    receivers.behave('/gone', (response) => void response.writeHead(410).end());
    const { id } = await ana.active(receivers.url('/gone'), { types: [REMARK], states: ['BGR'] });
    const since = new Date(Date.now() - 1_000).toISOString();
    await remark('BGR', 'gone');
    await until(async () => (await ana.one(id)).status === 'disabled');
    expect((await ana.one(id)).reason).toContain('410');
    await remark('BGR', 'meanwhile');
    expect(refusalIn(await ana.post(`/v1/webhooks/${id}/recover`, { since }))).toMatchObject({ status: 409, code: 'not-in-that-state' });
    receivers.behave('/gone');
    expect((await ana.post<EndpointView>(`/v1/webhooks/${id}/resume`)).body.status).toBe('unverified');
    await until(async () => (await ana.one(id)).status === 'active');
    expect((await ana.post(`/v1/webhooks/${id}/recover`, { since })).body).toEqual({ deliveries: 2 });
    await arrive('/gone', 3);
    expect(new Set(receivers.at('/gone').map(({ event }) => event.data.details?.about))).toEqual(new Set(['gone', 'meanwhile']));
  });

  it('keeps its number and tells of nobody when it is corrected: the correction names it', async () => {
    const { id } = await ana.active(receivers.url('/corrected'), { types: [REMARK, 'fact.retracted'], states: ['LAO'] });
    const { events: [remarked] } = await recorded(own.service, 'LAO', fact('remark-made', '2020-09-28', { about: 'wrong' }));
    await recorded(own.service, 'LAO', fact('fact-retracted', null, { fact: remarked, reason: 'Recorded for the wrong State.' }));
    await arrive('/corrected', 2);
    const retraction = receivers.at('/corrected').find(({ event }) => event.type === 'fact.retracted');
    expect(JSON.parse(retraction?.body ?? '')).toMatchObject({ data: { details: { fact: remarked } } });
    expect(retraction?.body).not.toContain('wrong State');
    expect(await ana.delete(`/v1/webhooks/${id}`)).toBe(204);
  });
});
