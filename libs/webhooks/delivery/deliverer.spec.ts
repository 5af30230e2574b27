import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Problem } from '#platform';
import type { CloudEvent } from '../catalogue/cloud-event.js';
import { DEPOSITED, openPostOffice, type PostOffice } from '../testing/post-office.js';
import { type Arrived, type Receiver, startReceiver } from '../testing/receiver.js';

type Respond = Parameters<typeof startReceiver>[0];

let office: PostOffice;
let receiver: Receiver;
/** How the paths of the receiver answer; 200 unless said. */
const answers = new Map<string, Respond>();
const answer = (path: string, status: number, headers: Record<string, string> = {}): void => void answers.set(path, (_request, response) => response.writeHead(status, headers).end(`answer ${status}`));
const metChallenge: Respond = (_request, response, { body }) => response.end(JSON.stringify({ challenge: (JSON.parse(body) as { data: { challenge: string } }).data.challenge }));
const url = (path: string): string => `http://127.0.0.1:${receiver.port}${path}`;
const arrivedAt = (path: string): Arrived[] => receiver.arrived.filter((one) => one.path === path && eventIn(one).type !== 'webhook.challenge');
const eventIn = ({ body }: Arrived): CloudEvent => JSON.parse(body) as CloudEvent;
const idsAt = (path: string): (string | string[] | undefined)[] => arrivedAt(path).map(({ headers }) => headers['webhook-id']);

beforeAll(async () => {
  office = await openPostOffice();
  receiver = await startReceiver((request, response, arrived) => {
    const respond = answers.get(arrived.path);
    if (eventIn(arrived).type === 'webhook.challenge' && !arrived.path.includes('silent')) metChallenge(request, response, arrived);
    else if (respond) respond(request, response, arrived);
    else response.end('taken');
  });
});
afterEach(async () => {
  for (const { id } of await office.endpoints.list(null)) await office.endpoints.remove(id, null);
  expect(office.errors).toEqual([]);
});
afterAll(async () => {
  await receiver.close();
  await office.close();
});

describe('an endpoint', () => {
  it('gets nothing before it has answered our signed challenge with the same value', async () => {
    answer('/silent', 200);
    const { endpoint: { id, status }, secret } = await office.endpoints.create('key:a', { url: url('/silent'), types: [DEPOSITED] });
    expect(status).toBe('unverified');
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ seconds: 1 });
    await office.challenge();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'unverified', reason: 'Our challenge was not answered: the answer is no JSON like { "challenge": "…" }.' });
    expect(arrivedAt('/silent')).toEqual([]);

    answers.set('/silent', metChallenge);
    await office.later({ seconds: 6 });
    await office.challenge();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'active', reason: null });
    const challenge = receiver.arrived.findLast(({ path }) => path === '/silent') as Arrived;
    const now = Math.floor(Date.now() / 1_000);
    expect(Math.abs(Number(challenge.headers['webhook-timestamp']) - now)).toBeGreaterThan(300);
    expect(() => new Webhook(secret).verify(challenge.body, challenge.headers as Record<string, string>)).toThrow('Message timestamp');
    expect((await office.log(id)).map(({ type, status: outcome }) => [type, outcome])).toEqual([['webhook.challenge', 'delivered'], ['webhook.challenge', 'delivered']]);
  });

  it('gets what it asked for, by type, treaty, State and theme, and no history', async () => {
    await office.active('key:a', url('/all'), { types: [DEPOSITED, 'extension.decided'] });
    await office.active('key:a', url('/gnb'), { types: [DEPOSITED, 'extension.decided'], states: ['GNB'] });
    await office.active('key:a', url('/clearance'), { types: [DEPOSITED, 'extension.decided'], theme: 'clearance' });
    await office.active('key:b', url('/other'), { types: [DEPOSITED], treaty: 'apmbc' });
    const [vut, gnb] = await office.record('InstrumentDeposited.v1', ['VUT', 'GNB'], { instrument: 'ratification' });
    const [decided] = await office.record('ExtensionGranted.v1', ['BIH'], { article: 4, months: 18, meeting: '2RC', mode: 'meeting' });
    await office.record('InstrumentDeposited.v1', ['AFG'], { instrument: 'ratification' }, true);
    await office.record('Signed.v1', ['VUT']);
    await office.deliver();
    expect(idsAt('/all').sort()).toEqual([vut, gnb, decided].sort());
    expect(idsAt('/gnb')).toEqual([gnb]);
    expect(idsAt('/clearance')).toEqual([decided]);
    expect(idsAt('/other')).toEqual([]);
    expect(arrivedAt('/gnb').map((one) => eventIn(one))).toMatchObject([{ id: gnb, type: DEPOSITED, subject: 'GNB', source: 'https://pacta.example/v1/treaties/ccm', data: { details: { instrument: 'ratification' } } }]);
    expect(arrivedAt('/gnb')[0]?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  });

  it('gets what failed again and again by the schedule, with the same id and the same bytes, until it has it', async () => {
    const { id } = await office.active('key:a', url('/failing'));
    answer('/failing', 500);
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(idsAt('/failing')).toHaveLength(1);
    await office.later({ seconds: 4 });
    expect(idsAt('/failing')).toHaveLength(1);
    for (const [index, time] of [{ seconds: 2 }, { minutes: 6 }, { minutes: 35 }, { hours: 3 }, { hours: 6 }, { hours: 12 }, { hours: 16 }].entries()) {
      await office.later(time);
      expect(idsAt('/failing')).toHaveLength(index + 2);
    }
    answer('/failing', 204);
    await office.later({ hours: 23 });
    await office.later({ hours: 100 });
    expect(idsAt('/failing')).toEqual(Array(9).fill(event));
    expect(new Set(arrivedAt('/failing').map(({ body }) => body)).size).toBe(1);
    const timestamps = arrivedAt('/failing').map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(new Set(timestamps).size).toBe(9);
    const [delivery] = await office.log(id);
    expect(delivery).toMatchObject({ eventId: event, status: 'delivered' });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([...Array<number>(8).fill(500), 204]);
    expect(delivery?.attempts[0]).toEqual({ at: expect.any(String), status: 500, durationMs: expect.any(Number), response: 'answer 500' });
  });

  it('is given up on after ten attempts at one delivery, which can be had again', async () => {
    const { id } = await office.active('key:a', url('/never'));
    answer('/never', 302, { location: url('/elsewhere') });
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    // Something else gets through now and then, so it is not disabled.
    for (let times = 0; times < 12; times++) {
      await office.later({ hours: 26 });
      await office.pool.query('UPDATE webhooks.endpoints SET failing_since = NULL');
    }
    const [failed] = await office.log(id);
    expect(failed).toMatchObject({ status: 'failed', attempts: { length: 10 } });
    expect(arrivedAt('/elsewhere')).toEqual([]);
    answer('/never', 200);
    await office.deliveries.resend(failed?.id ?? '');
    await office.deliver();
    expect((await office.log(id))[0]).toMatchObject({ id: failed?.id, eventId: failed?.eventId, status: 'delivered', attempts: { length: 11 } });
  });

  it('is left alone for as long as it asks', async () => {
    await office.active('key:a', url('/busy'));
    answer('/busy', 503, { 'retry-after': '3600' });
    await office.record('InstrumentDeposited.v1', ['VUT', 'GNB'], { instrument: 'accession' });
    await office.deliver();
    const before = idsAt('/busy').length;
    await office.record('InstrumentDeposited.v1', ['AFG'], { instrument: 'accession' });
    await office.later({ minutes: 50 });
    expect(idsAt('/busy')).toHaveLength(before);
    answer('/busy', 200);
    await office.later({ minutes: 20 });
    expect(new Set(idsAt('/busy')).size).toBe(3);
  });

  it('that answers 410 is disabled at once; its owner gets all of it back once it answers again', async () => {
    const { id } = await office.active('key:a', url('/gone'));
    answer('/gone', 410);
    const since = office.clock.now().toString();
    const first = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(await office.endpoints.find(id, 'key:a')).toMatchObject({ status: 'disabled', reason: 'Its receiver answered 410: it wants no more.' });
    const missed = await office.record('InstrumentDeposited.v1', ['GNB'], { instrument: 'accession' });
    await office.later({ hours: 48 });
    expect(idsAt('/gone')).toEqual(first);
    await expect(office.endpoints.recover(id, 'key:a', since)).rejects.toMatchObject({ status: 409 });
    answer('/gone', 200);
    await office.endpoints.resume(id, 'key:a');
    await office.challenge();
    expect(await office.endpoints.recover(id, 'key:a', since)).toBe(2);
    await office.deliver();
    expect(idsAt('/gone').slice(1).sort()).toEqual([...first, ...missed].sort());
    expect(await office.endpoints.recover(id, 'key:a', since)).toBe(0);
  });

  it('on which nothing has succeeded for five days is disabled, and its owner is to be told', async () => {
    const { id } = await office.active('key:a', url('/dead'));
    answer('/dead', 404);
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
    const { id } = await office.active('key:a', url('/paused'));
    await office.endpoints.pause(id, 'key:a');
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ hours: 1 });
    expect(idsAt('/paused')).toEqual([]);
    await office.endpoints.resume(id, 'key:a');
    await office.deliver();
    expect(idsAt('/paused')).toEqual([event]);
  });

  it('at a host that was blocked gets nothing until it is let go', async () => {
    await office.active('key:a', url('/blocked'));
    await office.pool.query("INSERT INTO webhooks.blocked_hosts VALUES ('127.0.0.1', 'asked for by its owner', 'key:admin', now())");
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.later({ hours: 1 });
    await expect(office.endpoints.create('key:a', { url: url('/more'), types: [DEPOSITED] })).rejects.toMatchObject({ code: 'host-blocked' });
    expect(idsAt('/blocked')).toEqual([]);
    await office.pool.query('DELETE FROM webhooks.blocked_hosts');
    await office.deliver();
    expect(idsAt('/blocked')).toEqual([event]);
  });

  it('gets everything after a position on a replay, history included, under the same ids', async () => {
    const start = await office.events.position();
    const old = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB'], { instrument: 'ratification' }, true);
    const { id } = await office.active('key:a', url('/replay'));
    const news = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.deliver();
    expect(idsAt('/replay')).toEqual(news);
    expect(await office.endpoints.replay(id, 'key:a', start)).toBe(3);
    await office.deliver();
    expect(idsAt('/replay').slice(1).sort()).toEqual([...old, ...news].sort());
    expect((await office.log(id)).filter(({ type }) => type === DEPOSITED)).toHaveLength(3);
  });

  it('is its owner’s and nobody else’s', async () => {
    const { id } = await office.active('key:a', url('/own'));
    expect(await office.endpoints.list('key:b')).toEqual([]);
    for (const attempt of [office.endpoints.find(id, 'key:b'), office.endpoints.pause(id, 'key:b'), office.endpoints.rotate(id, 'key:b'), office.endpoints.replay(id, 'key:b', 0), office.endpoints.remove(id, 'key:b')]) {
      await expect(attempt).rejects.toMatchObject({ status: 404 });
    }
    expect(await office.endpoints.find(id, null)).toMatchObject({ owner: 'key:a' });
    expect(JSON.stringify(await office.endpoints.list('key:a'))).not.toContain('whsec_');
  });

  it('signs along with the secret before for a day after a rotation', async () => {
    const { id, secret } = await office.active('key:a', url('/rotated'));
    const { secret: newer } = await office.endpoints.rotate(id, 'key:a');
    const signed = async (known: string): Promise<boolean> => {
      await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
      await office.deliver();
      const { body, headers } = arrivedAt('/rotated').at(-1) as Arrived;
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
    expect(await refused({ url: url('/x'), types: [] })).toEqual([422, 'unknown-event-type']);
    expect(await refused({ url: url('/x'), types: [DEPOSITED, 'treaty.unknown'] })).toEqual([422, 'unknown-event-type']);
    expect(await office.endpoints.list('key:a')).toEqual([]);
  });
});

describe('where order was asked for', () => {
  it('nothing overtakes what has failed, and everything comes in the order of the log', async () => {
    let broken = true;
    answers.set('/fifo', (_request, response) => response.writeHead(broken ? 500 : 200).end());
    await office.active('key:a', url('/fifo'), { ordered: true });
    const events = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND', 'AUT', 'BEL'], { instrument: 'ratification' });
    await office.deliver();
    await office.later({ seconds: 10 });
    events.push(...(await office.record('InstrumentDeposited.v1', ['BIH', 'CAN'], { instrument: 'ratification' })));
    await office.later({ minutes: 10 });
    expect(new Set(idsAt('/fifo'))).toEqual(new Set([events[0]]));
    broken = false;
    await office.later({ hours: 1 });
    expect(idsAt('/fifo').slice(-events.length)).toEqual(events);
  });

  it('an endpoint that fails now and then still gets all of it in order', async () => {
    let calls = 0;
    answers.set('/flaky', (_request, response) => response.writeHead(++calls % 3 === 0 ? 500 : 200).end());
    const taken: string[] = [];
    await office.active('key:a', url('/flaky'), { ordered: true });
    const events = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND', 'AUT', 'BEL', 'BIH', 'CAN'], { instrument: 'ratification' });
    for (let times = 0; times < 8; times++) await office.later({ minutes: 40 });
    for (const [index, id] of idsAt('/flaky').entries()) if ((index + 1) % 3 !== 0) taken.push(String(id));
    expect(taken).toEqual(events);
  });
});

describe('many', () => {
  it('a rate is kept', async () => {
    await office.active('key:a', url('/slowly'), { rate: 1 });
    await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND'], { instrument: 'ratification' });
    await office.deliver();
    expect(idsAt('/slowly')).toHaveLength(1);
    await office.later({ seconds: 30 });
    expect(idsAt('/slowly')).toHaveLength(1);
    await office.later({ seconds: 31 });
    expect(idsAt('/slowly')).toHaveLength(2);
    await office.later({ seconds: 61 });
    expect(idsAt('/slowly')).toHaveLength(3);
  });

  it('workers at once do no work twice', async () => {
    for (let one = 0; one < 6; one++) await office.active(`key:${one}`, url(`/shared/${one}`));
    const events = await office.record('InstrumentDeposited.v1', Array.from({ length: 30 }, () => 'VUT'), { instrument: 'accession' });
    await Promise.all([office.worker(), office.worker(), office.worker()].map((worker) => worker.untilIdle()));
    for (let one = 0; one < 6; one++) expect(idsAt(`/shared/${one}`).sort()).toEqual([...events].sort());
  });

  it('each next attempt is woken for, also where several fail together', async () => {
    answer('/woken/1', 500);
    answer('/woken/2', 500);
    const made = [await office.active('key:a', url('/woken/1')), await office.active('key:a', url('/woken/2'))];
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    office.wakes.length = 0;
    await office.deliver();
    const due = await Promise.all(made.map(async ({ id }) => Temporal.Instant.from((await office.log(id))[0]?.nextAttemptAt ?? '').toString()));
    expect(new Set(office.wakes)).toEqual(new Set(due));
  });

  it('a worker that died with endpoints in its hands is followed by another', async () => {
    const { id } = await office.active('key:a', url('/left'));
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.pool.query("UPDATE webhooks.lanes SET holder = gen_random_uuid(), held_until = $2 WHERE endpoint = $1", [id, office.clock.now().add({ seconds: 40 }).toString()]);
    await office.deliver();
    expect(idsAt('/left')).toEqual([]);
    await office.later({ seconds: 41 });
    expect(idsAt('/left')).toEqual([event]);
  });

  it('a hanging endpoint does not hold up the others', async () => {
    answers.set('/hangs', () => undefined);
    await office.active('key:a', url('/hangs'));
    for (let one = 0; one < 5; one++) await office.active('key:a', url(`/quick/${one}`));
    await office.record('InstrumentDeposited.v1', Array.from({ length: 20 }, () => 'VUT'), { instrument: 'accession' });
    const worker = office.worker({ atOnce: 4 });
    const started = performance.now();
    const all = worker.untilIdle();
    const quick = (): number => [0, 1, 2, 3, 4].reduce((sum, one) => sum + idsAt(`/quick/${one}`).length, 0);
    while (quick() < 100 && performance.now() - started < 5_000) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - started).toBeLessThan(900);
    answer('/hangs', 200);
    await all;
  });
});
