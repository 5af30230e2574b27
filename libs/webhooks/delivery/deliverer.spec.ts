import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Problem } from '#platform';
import { eventIn, type Inbox, metChallenge, openInbox } from '../testing/inbox.js';
import { DEPOSITED, openPostOffice, type PostOffice } from '../testing/post-office.js';
import type { Arrived } from '../testing/receiver.js';

let office: PostOffice;
let inbox: Inbox;
beforeAll(async () => {
  office = await openPostOffice();
  inbox = await openInbox();
});
afterEach(async () => {
  for (const { id } of await office.endpoints.list(null)) await office.endpoints.remove(id, null);
  expect(office.errors).toEqual([]);
});
afterAll(async () => {
  await inbox.receiver.close();
  await office.close();
});

describe('an endpoint', () => {
  it('gets nothing before it has answered our signed challenge with the same value', async () => {
    inbox.answer('/silent', 200);
    const { endpoint: { id, status }, secret } = await office.endpoints.create('key:a', { url: inbox.url('/silent'), types: [DEPOSITED] });
    expect(status).toBe('unverified');
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ seconds: 1 });
    await office.challenge();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'unverified', reason: 'Our challenge was not answered: the answer is no JSON like { "challenge": "…" }.' });
    expect(inbox.at('/silent')).toEqual([]);

    inbox.answers.set('/silent', metChallenge);
    await office.later({ seconds: 6 });
    await office.challenge();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'active', reason: null });
    const challenge = inbox.receiver.arrived.findLast(({ path }) => path === '/silent') as Arrived;
    const now = Math.floor(Date.now() / 1_000);
    expect(Math.abs(Number(challenge.headers['webhook-timestamp']) - now)).toBeGreaterThan(300);
    expect(() => new Webhook(secret).verify(challenge.body, challenge.headers as Record<string, string>)).toThrow('Message timestamp');
    expect((await office.log(id)).map(({ type, status: outcome }) => [type, outcome])).toEqual([['webhook.challenge', 'delivered'], ['webhook.challenge', 'delivered']]);
  });

  it('gets what it asked for, by type, treaty, State and theme, and no history', async () => {
    await office.active('key:a', inbox.url('/all'), { types: [DEPOSITED, 'extension.decided'] });
    await office.active('key:a', inbox.url('/gnb'), { types: [DEPOSITED, 'extension.decided'], states: ['GNB'] });
    await office.active('key:a', inbox.url('/clearance'), { types: [DEPOSITED, 'extension.decided'], theme: 'clearance' });
    await office.active('key:b', inbox.url('/other'), { types: [DEPOSITED], treaty: 'apmbc' });
    const [vut, gnb] = await office.record('InstrumentDeposited.v1', ['VUT', 'GNB'], { instrument: 'ratification' });
    const [decided] = await office.record('ExtensionGranted.v1', ['BIH'], { article: 4, months: 18, meeting: '2RC', mode: 'meeting' });
    await office.record('InstrumentDeposited.v1', ['AFG'], { instrument: 'ratification' }, true);
    await office.record('Signed.v1', ['VUT']);
    await office.deliver();
    expect(inbox.idsAt('/all').sort()).toEqual([vut, gnb, decided].sort());
    expect(inbox.idsAt('/gnb')).toEqual([gnb]);
    expect(inbox.idsAt('/clearance')).toEqual([decided]);
    expect(inbox.idsAt('/other')).toEqual([]);
    expect(inbox.at('/gnb').map((one) => eventIn(one))).toMatchObject([{ id: gnb, type: DEPOSITED, subject: 'GNB', source: 'https://pacta.example/v1/treaties/ccm', data: { details: { instrument: 'ratification' } } }]);
    expect(inbox.at('/gnb')[0]?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  });

  it('gets what failed again and again by the schedule, with the same id and the same bytes, until it has it', async () => {
    const { id } = await office.active('key:a', inbox.url('/failing'));
    inbox.answer('/failing', 500);
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(inbox.idsAt('/failing')).toHaveLength(1);
    await office.later({ seconds: 4 });
    expect(inbox.idsAt('/failing')).toHaveLength(1);
    for (const [index, time] of [{ seconds: 2 }, { minutes: 6 }, { minutes: 35 }, { hours: 3 }, { hours: 6 }, { hours: 12 }, { hours: 16 }].entries()) {
      await office.later(time);
      expect(inbox.idsAt('/failing')).toHaveLength(index + 2);
    }
    inbox.answer('/failing', 204);
    await office.later({ hours: 23 });
    await office.later({ hours: 100 });
    expect(inbox.idsAt('/failing')).toEqual(Array(9).fill(event));
    expect(new Set(inbox.at('/failing').map(({ body }) => body)).size).toBe(1);
    const timestamps = inbox.at('/failing').map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(new Set(timestamps).size).toBe(9);
    const [delivery] = await office.log(id);
    expect(delivery).toMatchObject({ eventId: event, status: 'delivered' });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([...Array<number>(8).fill(500), 204]);
    expect(delivery?.attempts[0]).toEqual({ at: expect.any(String), status: 500, durationMs: expect.any(Number), response: 'answer 500' });
  });

  it('answers whatever it likes, and its owner reads it as it was', async () => {
    const said = `"quoted" \\ 'single' {curly}, NULL\n\t\u0007 é 集束 \uFFFD ${'x'.repeat(10)}`;
    inbox.answers.set('/odd', (_request, response) => response.end(said));
    const { id } = await office.active('key:a', inbox.url('/odd'));
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect((await office.log(id))[0]?.attempts).toMatchObject([{ status: 200, response: said }]);
  });

  it('is given up on after ten attempts at one delivery, which can be had again', async () => {
    const { id } = await office.active('key:a', inbox.url('/never'));
    inbox.answer('/never', 302, { location: inbox.url('/elsewhere') });
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    // Something else gets through now and then, so it is not disabled.
    for (let times = 0; times < 12; times++) {
      await office.later({ hours: 26 });
      await office.pool.query('UPDATE webhooks.endpoints SET failing_since = NULL');
    }
    const [failed] = await office.log(id);
    expect(failed).toMatchObject({ status: 'failed', attempts: { length: 10 } });
    expect(inbox.at('/elsewhere')).toEqual([]);
    inbox.answer('/never', 200);
    await office.deliveries.resend(failed?.id ?? '');
    await office.deliver();
    expect((await office.log(id))[0]).toMatchObject({ id: failed?.id, eventId: failed?.eventId, status: 'delivered', attempts: { length: 11 } });
  });

  it('is left alone for as long as it asks', async () => {
    await office.active('key:a', inbox.url('/busy'));
    inbox.answer('/busy', 503, { 'retry-after': '3600' });
    await office.record('InstrumentDeposited.v1', ['VUT', 'GNB'], { instrument: 'accession' });
    await office.deliver();
    const before = inbox.idsAt('/busy').length;
    await office.record('InstrumentDeposited.v1', ['AFG'], { instrument: 'accession' });
    await office.later({ minutes: 50 });
    expect(inbox.idsAt('/busy')).toHaveLength(before);
    inbox.answer('/busy', 200);
    await office.later({ minutes: 20 });
    expect(new Set(inbox.idsAt('/busy')).size).toBe(3);
  });

  it('that answers 410 is disabled at once; its owner gets all of it back once it answers again', async () => {
    const { id } = await office.active('key:a', inbox.url('/gone'));
    inbox.answer('/gone', 410);
    const since = office.clock.now().toString();
    const first = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'disabled', reason: 'Its receiver answered 410: it wants no more.' });
    const missed = await office.record('InstrumentDeposited.v1', ['GNB'], { instrument: 'accession' });
    await office.later({ hours: 48 });
    expect(inbox.idsAt('/gone')).toEqual(first);
    await expect(office.endpoints.recover(id, 'key:a', since)).rejects.toMatchObject({ status: 409 });
    inbox.answer('/gone', 200);
    await office.endpoints.resume(id, 'key:a');
    await office.challenge();
    expect(await office.endpoints.recover(id, 'key:a', since)).toBe(2);
    await office.deliver();
    expect(inbox.idsAt('/gone').slice(1).sort()).toEqual([...first, ...missed].sort());
    expect(await office.endpoints.recover(id, 'key:a', since)).toBe(0);
  });

  it('on which nothing has succeeded for five days is disabled, and its owner is to be told', async () => {
    const { id } = await office.active('key:a', inbox.url('/dead'));
    inbox.answer('/dead', 404);
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    await office.later({ hours: 119 });
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'active' });
    await office.later({ hours: 2 });
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'disabled' });
    const { rows } = await office.pool.query('SELECT owner_told FROM webhooks.endpoints WHERE id = $1', [id]);
    expect(rows).toEqual([{ owner_told: false }]);
  });

  it('that is paused misses nothing', async () => {
    const { id } = await office.active('key:a', inbox.url('/paused'));
    await office.endpoints.pause(id, 'key:a');
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ hours: 1 });
    expect(inbox.idsAt('/paused')).toEqual([]);
    await office.endpoints.resume(id, 'key:a');
    await office.deliver();
    expect(inbox.idsAt('/paused')).toEqual([event]);
  });

  it('at a host that was blocked gets nothing until it is let go', async () => {
    await office.active('key:a', inbox.url('/blocked'));
    await office.pool.query("INSERT INTO webhooks.blocked_hosts VALUES ('127.0.0.1', 'asked for by its owner', 'key:admin', now())");
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ hours: 1 });
    await expect(office.endpoints.create('key:a', { url: inbox.url('/more'), types: [DEPOSITED] })).rejects.toMatchObject({ code: 'host-blocked' });
    expect(inbox.idsAt('/blocked')).toEqual([]);
    await office.pool.query('DELETE FROM webhooks.blocked_hosts');
    await office.deliver();
    expect(inbox.idsAt('/blocked')).toEqual([event]);
  });

  it('gets everything after a position on a replay, history included, under the same ids', async () => {
    const start = await office.events.position();
    const old = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB'], { instrument: 'ratification' }, true);
    const { id } = await office.active('key:a', inbox.url('/replay'));
    const news = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(inbox.idsAt('/replay')).toEqual(news);
    expect(await office.endpoints.replay(id, 'key:a', start)).toBe(3);
    await office.deliver();
    expect(inbox.idsAt('/replay').slice(1).sort()).toEqual([...old, ...news].sort());
    expect((await office.log(id)).filter(({ type }) => type === DEPOSITED)).toHaveLength(3);
  });

  it('is its owner’s and nobody else’s', async () => {
    const { id } = await office.active('key:a', inbox.url('/own'));
    expect(await office.endpoints.list('key:b')).toEqual([]);
    for (const attempt of [office.endpoints.find(id, 'key:b'), office.endpoints.pause(id, 'key:b'), office.endpoints.rotate(id, 'key:b'), office.endpoints.replay(id, 'key:b', 0), office.endpoints.remove(id, 'key:b')]) {
      await expect(attempt).rejects.toMatchObject({ status: 404 });
    }
    expect(await office.endpoints.find(id, null)).toMatchObject({ owner: 'key:a' });
    expect(JSON.stringify(await office.endpoints.list('key:a'))).not.toContain('whsec_');
  });

  it('signs along with the secret before for a day after a rotation', async () => {
    const { id, secret } = await office.active('key:a', inbox.url('/rotated'));
    const { secret: newer } = await office.endpoints.rotate(id, 'key:a');
    const signed = async (known: string): Promise<boolean> => {
      await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
      await office.deliver();
      const { body, headers } = inbox.at('/rotated').at(-1) as Arrived;
      const time = new Date(Number(headers['webhook-timestamp']) * 1_000);
      return String(headers['webhook-signature']).split(' ').includes(new Webhook(known).sign(String(headers['webhook-id']), time, body));
    };
    expect([await signed(secret), await signed(newer)]).toEqual([true, true]);
    await office.later({ hours: 25 });
    expect([await signed(secret), await signed(newer)]).toEqual([false, true]);
  });

  it('is refused where it could not be sent to, or asks for nothing that there is', async () => {
    const refused = (asked: { url: string; types: string[] }) => office.endpoints.create('key:a', asked).then(() => null, (error: Problem) => [error.status, error.code]);
    expect(await refused({ url: 'http://10.0.0.1/', types: [DEPOSITED] })).toEqual([422, 'address-not-allowed']);
    expect(await refused({ url: inbox.url('/x'), types: [] })).toEqual([422, 'unknown-event-type']);
    expect(await refused({ url: inbox.url('/x'), types: [DEPOSITED, 'treaty.unknown'] })).toEqual([422, 'unknown-event-type']);
    expect(await office.endpoints.list('key:a')).toEqual([]);
  });
});
