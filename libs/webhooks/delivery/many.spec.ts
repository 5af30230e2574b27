import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Inbox, openInbox } from '../testing/inbox.js';
import { openPostOffice, type PostOffice } from '../testing/post-office.js';

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

describe('where order was asked for', () => {
  it('nothing overtakes what has failed, and everything comes in the order of the log', async () => {
    let broken = true;
    inbox.answers.set('/fifo', (_request, response) => response.writeHead(broken ? 500 : 200).end());
    await office.active('key:a', inbox.url('/fifo'), { ordered: true });
    const events = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND', 'AUT', 'BEL'], { instrument: 'ratification' });
    await office.deliver();
    await office.later({ seconds: 10 });
    events.push(...(await office.record('InstrumentDeposited.v1', ['BIH', 'CAN'], { instrument: 'ratification' })));
    await office.later({ minutes: 10 });
    expect(new Set(inbox.idsAt('/fifo'))).toEqual(new Set([events[0]]));
    broken = false;
    await office.later({ hours: 1 });
    expect(inbox.idsAt('/fifo').slice(-events.length)).toEqual(events);
  });

  it('an endpoint that fails now and then still gets all of it in order', async () => {
    let calls = 0;
    inbox.answers.set('/flaky', (_request, response) => response.writeHead(++calls % 3 === 0 ? 500 : 200).end());
    const taken: string[] = [];
    await office.active('key:a', inbox.url('/flaky'), { ordered: true });
    const events = await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND', 'AUT', 'BEL', 'BIH', 'CAN'], { instrument: 'ratification' });
    for (let times = 0; times < 8; times++) await office.later({ minutes: 40 });
    for (const [index, id] of inbox.idsAt('/flaky').entries()) if ((index + 1) % 3 !== 0) taken.push(String(id));
    expect(taken).toEqual(events);
  });
});

describe('many', () => {
  it('a rate is kept', async () => {
    await office.active('key:a', inbox.url('/slowly'), { rate: 1 });
    await office.record('InstrumentDeposited.v1', ['AFG', 'ALB', 'AND'], { instrument: 'ratification' });
    await office.deliver();
    expect(inbox.idsAt('/slowly')).toHaveLength(1);
    await office.later({ seconds: 30 });
    expect(inbox.idsAt('/slowly')).toHaveLength(1);
    await office.later({ seconds: 31 });
    expect(inbox.idsAt('/slowly')).toHaveLength(2);
    await office.later({ seconds: 61 });
    expect(inbox.idsAt('/slowly')).toHaveLength(3);
  });

  it('workers at once do no work twice', async () => {
    for (let one = 0; one < 6; one++) await office.active(`key:${one}`, inbox.url(`/shared/${one}`));
    const events = await office.record('InstrumentDeposited.v1', Array.from({ length: 30 }, () => 'VUT'), { instrument: 'accession' });
    await Promise.all([office.worker(), office.worker(), office.worker()].map((worker) => worker.untilIdle()));
    for (let one = 0; one < 6; one++) expect(inbox.idsAt(`/shared/${one}`).sort()).toEqual([...events].sort());
  });

  it('each next attempt is woken for, also where several fail together', async () => {
    inbox.answer('/woken/1', 500);
    inbox.answer('/woken/2', 500);
    const made = [await office.active('key:a', inbox.url('/woken/1')), await office.active('key:a', inbox.url('/woken/2'))];
    await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    office.wakes.length = 0;
    await office.deliver();
    const due = await Promise.all(made.map(async ({ id }) => Temporal.Instant.from((await office.log(id))[0]?.nextAttemptAt ?? '').toString()));
    expect(new Set(office.wakes)).toEqual(new Set(due));
  });

  it('a worker that died with endpoints in its hands is followed by another', async () => {
    const { id } = await office.active('key:a', inbox.url('/left'));
    const [event] = await office.record('InstrumentDeposited.v1', ['VUT'], { instrument: 'accession' });
    await office.pool.query("UPDATE webhooks.lanes SET holder = gen_random_uuid(), held_until = $2 WHERE endpoint = $1", [id, office.clock.now().add({ seconds: 40 }).toString()]);
    await office.deliver();
    expect(inbox.idsAt('/left')).toEqual([]);
    await office.later({ seconds: 41 });
    expect(inbox.idsAt('/left')).toEqual([event]);
  });

  it('a hanging endpoint does not hold up the others', async () => {
    inbox.answers.set('/hangs', () => undefined);
    await office.active('key:a', inbox.url('/hangs'));
    for (let one = 0; one < 5; one++) await office.active('key:a', inbox.url(`/quick/${one}`));
    await office.record('InstrumentDeposited.v1', Array.from({ length: 20 }, () => 'VUT'), { instrument: 'accession' });
    const worker = office.worker({ atOnce: 4 });
    const started = performance.now();
    const all = worker.untilIdle();
    const quick = (): number => [0, 1, 2, 3, 4].reduce((sum, one) => sum + inbox.idsAt(`/quick/${one}`).length, 0);
    while (quick() < 100 && performance.now() - started < 5_000) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(performance.now() - started).toBeLessThan(900);
    inbox.answer('/hangs', 200);
    await all;
  });
});
