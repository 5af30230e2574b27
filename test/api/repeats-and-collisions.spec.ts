import { describe, expect, it } from '@jest/globals';
import { CCM, fact, historyOf, pageOf, recordFact, recorded } from '../support/facts.js';
import { get, post } from '../support/http.js';
import { headOf, revisionsOf } from '../support/log.js';
import { problemIn } from '../support/problem.js';
import { registrarKey, startService } from '../support/service.js';
import { ownService } from '../support/suite.js';

const own = ownService();

const remark = (about: string) => fact('remark-made', '2020-01-01', { about });
const under = (key: string) => ({ 'idempotency-key': key });

describe('a command sent again under its Idempotency-Key', () => {
  it('is answered as the first time, and recorded once', async () => {
    const first = await recordFact(own.service, 'TON', remark('one'), under('a'));
    const head = await headOf(own.database);
    await recorded(own.service, 'TON', remark('something else in between'));
    const again = await recordFact(own.service, 'TON', remark('one'), under('a'));
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual(['false', 'true']);
    expect(await headOf(own.database)).toBe(head + 1);
  });

  it('twenty times at once is one event', async () => {
    const head = await headOf(own.database);
    const answers = await Promise.all(Array.from({ length: 20 }, () => recordFact(own.service, 'NIU', remark('twenty times'), under('b'))));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await headOf(own.database)).toBe(head + 1);
  });

  it('is refused if it says something else', async () => {
    await recordFact(own.service, 'NIU', remark('one'), under('c'));
    const head = await headOf(own.database);
    for (const other of [remark('two'), { ...remark('one'), note: 'x' }, { ...remark('one'), source: { title: 'Another source' } }, { ...remark('one'), effectiveOn: '2020-01-02' }]) {
      expect(problemIn(await recordFact(own.service, 'NIU', other, under('c')))).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    }
    expect(await headOf(own.database)).toBe(head);
  });

  it('is another command at another State, and with another key', async () => {
    const head = await headOf(own.database);
    for (const [iso3, key] of [['WSM', 'd'], ['FJI', 'd'], ['WSM', 'D'], ['WSM', 'e']] as const) expect((await recordFact(own.service, iso3, remark('one'), under(key))).status).toBe(201);
    expect(await headOf(own.database)).toBe(head + 4);
  });

  it('is a repeat also about a meeting', async () => {
    const schedule = { type: 'meeting-scheduled', source: { title: 'Decision' }, data: { title: 'Fourteenth Meeting' } };
    const [first, again] = [await post(own.service, `${CCM}/meetings/14MSP/facts`, schedule, under('f')), await post(own.service, `${CCM}/meetings/14MSP/facts`, schedule, under('f'))];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  });

  it('is a repeat also after a restart', async () => {
    const first = await recordFact(own.service, 'PLW', remark('one'), under('g'));
    const restarted = await startService(own.database);
    expect((await recordFact(restarted, 'PLW', remark('one'), under('g'))).body).toEqual(first.body);
    await restarted.stop();
  });
});

describe('a command that names the page it was decided on (If-Match)', () => {
  const tagOf = async (iso3: string, position = 0): Promise<string> => (await get(own.service, `${CCM}/states/${iso3}?minPosition=${position}`)).headers.get('etag') as string;

  it('is recorded if nobody recorded anything since, whichever question the page answered', async () => {
    const old = (await get(own.service, `${CCM}/states/SOM?asAt=2015-01-01`)).headers.get('etag') as string;
    expect((await recordFact(own.service, 'SOM', remark('one'), { 'if-match': old })).status).toBe(201);
    expect((await recordFact(own.service, 'USA', remark('one'), { 'if-match': await tagOf('USA') })).status).toBe(201);
  });

  it('is refused with 412 where the page is out of date, and nothing is written, not even tried', async () => {
    const stale = await tagOf('LAO');
    await recorded(own.service, 'LAO', remark('one'));
    const head = await headOf(own.database);
    for (const query of ['', '?dryRun=true']) {
      expect(problemIn(await recordFact(own.service, 'LAO', remark('two'), { 'if-match': stale }, query))).toMatchObject({ status: 412, code: 'stale-revision' });
    }
    expect(await headOf(own.database)).toBe(head);
  });

  it('wins or loses against another registrar’s with the same page, never both', async () => {
    for (let round = 0; round < 10; round++) {
      const { position } = await pageOf(own.service, 'IRQ');
      const tag = await tagOf('IRQ', position);
      const answers = await Promise.all([1, 2, 3].map((who) => recordFact(own.service, 'IRQ', remark(`registrar ${who}`), { 'if-match': tag })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412]);
      await tagOf('IRQ', answers.find(({ status }) => status === 201)?.body.position);
    }
  });

  it('goes on with the tag that the command before answered with', async () => {
    let tag = (await recordFact(own.service, 'KHM', remark('one'))).headers.get('etag') as string;
    for (const about of ['two', 'three']) tag = (await recordFact(own.service, 'KHM', remark(about), { 'if-match': tag })).headers.get('etag') as string;
    expect(tag).toBe('"r2"');
  });
});

describe('twenty different facts about one State at once', () => {
  it('all land or are refused cleanly, and the dossier has no gap', async () => {
    const head = await headOf(own.database);
    const before = await revisionsOf(own.database, 'MDA');
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => recordFact(own.service, 'MDA', remark(`number ${index}`))));
    const landed = answers.filter(({ status }) => status === 201);
    for (const answer of answers) if (answer.status !== 201) expect(problemIn(answer)).toMatchObject({ status: 409, code: 'recorded-meanwhile' });
    expect(landed.length).toBeGreaterThan(0);
    expect(await headOf(own.database)).toBe(head + landed.length);
    expect(await revisionsOf(own.database, 'MDA')).toEqual(Array.from({ length: before.length + landed.length }, (_, index) => index));
    expect(new Set(landed.map(({ body }) => body.revision)).size).toBe(landed.length);
  });

  it('are all on the page in the end, each once', async () => {
    const items = await historyOf(own.service, 'MDA', `minPosition=${await headOf(own.database)}`);
    const remarks = items.filter(({ type }) => type === 'remark-made').map(({ data }) => data['about']);
    expect(new Set(remarks).size).toBe(remarks.length);
  });

  it('of which only one can be true leave one: the first deposit', async () => {
    const deposits = await Promise.all(Array.from({ length: 10 }, (_, index) => recordFact(own.service, 'TON', fact('instrument-deposited', `2026-03-0${index % 9 + 1}`, { instrument: 'accession' }), { authorization: `Bearer ${registrarKey()}` })));
    expect(deposits.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(deposits.filter(({ status, body }) => status === 422 && body.code === 'instrument-already-deposited')).toHaveLength(9);
  });
});
