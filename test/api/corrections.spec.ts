import { describe, expect, it } from '@jest/globals';
import { fact, historyOf, type HistoryItem, obligationOf, pageOf, recordFact, recorded } from '../support/facts.js';
import { headOf } from '../support/log.js';
import { problemIn } from '../support/problem.js';
import { ownService } from '../support/suite.js';

const own = ownService();

const NOBODY = '0d0ec8a2-6d0a-5c39-9d3e-0a6a3a8f5b11';
const correction = (id: string, more: object, knownOn?: string) => fact('fact-corrected', null, { fact: id, reason: 'A typing error.', ...more }, { knownOn });
const retraction = (id: string, knownOn?: string) => fact('fact-retracted', null, { fact: id, reason: 'Recorded for the wrong State.' }, { knownOn });

describe('a corrected date', () => {
  const inForceOn = async (query: string) => (await pageOf(own.service, 'TON', query)).participation.inForceOn;
  let deposit: HistoryItem;
  let id = '';

  it('counts from when the correction is known; before that the record is as it was', async () => {
    const { events, position } = await recorded(own.service, 'TON', fact('instrument-deposited', '2018-03-01', { instrument: 'accession' }, { knownOn: '2018-03-01' }));
    [id] = events;
    deposit = (await historyOf(own.service, 'TON', `minPosition=${position}`))[0] as HistoryItem;
    const corrected = await recorded(own.service, 'TON', correction(id, { effectiveOn: '2018-04-02' }, '2019-06-01'));
    expect(await inForceOn(`asAt=2018-12-31&knownOn=2019-05-31&minPosition=${corrected.position}`)).toBe('2018-09-01');
    expect(await inForceOn('asAt=2018-12-31&knownOn=2019-06-01')).toBe('2018-10-01');
    expect(await inForceOn('')).toBe('2018-10-01');
  });

  it('did not count in what the system held before', async () => {
    expect(await inForceOn(`recordedBy=${deposit.recordedAt}`)).toBe('2018-09-01');
    expect(await inForceOn('recordedBy=2020-01-01T00:00:00Z')).toBeNull();
  });

  it('leaves the fact in the history as it was recorded, with what has overtaken it', async () => {
    const [first, amendment] = await historyOf(own.service, 'TON');
    expect(first).toMatchObject({ id, effectiveOn: '2018-03-01', supersededBy: amendment?.id });
    expect(amendment).toMatchObject({ type: 'fact-corrected', knownOn: '2019-06-01', data: { fact: id, reason: 'A typing error.', effectiveOn: '2018-04-02' } });
    const [known] = await historyOf(own.service, 'TON', 'asAt=2019-05-31');
    expect(known).not.toHaveProperty('supersededBy');
  });

  it('may be corrected again, and the correction taken back', async () => {
    const second = await recorded(own.service, 'TON', correction(id, { effectiveOn: '2018-05-02' }));
    expect(await inForceOn(`minPosition=${second.position}`)).toBe('2018-11-01');
    const back = await recorded(own.service, 'TON', retraction(second.events[0]));
    expect(await inForceOn(`minPosition=${back.position}`)).toBe('2018-10-01');
  });

  it('may be given as the correction’s own', async () => {
    const { position } = await recorded(own.service, 'TON', { ...correction(id, {}), effectiveOn: '2018-06-03' });
    expect(await inForceOn(`minPosition=${position}`)).toBe('2018-12-01');
  });
});

describe('corrected data', () => {
  const granted = async (): Promise<HistoryItem> => (await historyOf(own.service, 'BGR')).findLast(({ type }) => type === 'extension-granted') as HistoryItem;

  it('replaces the members that it names and keeps the others', async () => {
    const grant = await granted();
    const { position } = await recorded(own.service, 'BGR', correction(grant.id, { data: { until: '2024-01-31' } }));
    expect(obligationOf(await pageOf(own.service, 'BGR', `minPosition=${position}`), 'stockpile-destruction')).toMatchObject({ dueOn: '2024-01-31', extended: true });
  });

  it('is kept in the same form as the fact’s own', async () => {
    const grant = await granted();
    const { position } = await recorded(own.service, 'BGR', correction(grant.id, { data: { article: '3' } }));
    expect((await historyOf(own.service, 'BGR', `minPosition=${position}`)).at(-1)?.data).toMatchObject({ data: { article: 3 } });
    expect(obligationOf(await pageOf(own.service, 'BGR'), 'stockpile-destruction').dueOn).toBe('2024-01-31');
  });

  it.each([
    ['more months than there are', { months: 999 }, 400, 'months'],
    ['more months than the article allows', { months: 49 }, 422, '48'],
    ['a member that the fact has not', { colour: 'red' }, 400, 'colour'],
    ['a member of another kind of fact', { instrument: 'accession' }, 400, 'instrument'],
    ['a text for a number', { months: 'twelve' }, 400, 'months'],
    ['nothing in place of what is needed', { meeting: null }, 400, 'meeting'],
    ['nothing in place of what was said', { until: null }, 400, 'until'],
    ['a meeting that is none', { meeting: '99MSP' }, 422, '99MSP'],
    ['a name that every object has', { constructor: {} }, 400, 'constructor'],
  ])('is not %s', async (_, data, status, detail) => {
    const grant = await granted();
    const head = await headOf(own.database);
    for (const query of ['?dryRun=true', '']) expect(problemIn(await recordFact(own.service, 'BGR', correction(grant.id, { data }), {}, query))).toMatchObject({ status, detail: expect.stringContaining(detail) });
    expect(await headOf(own.database)).toBe(head);
  });

  it('is checked also where the fact was recorded only a moment ago', async () => {
    for (let round = 0; round < 10; round++) {
      const { events: [id] } = await recorded(own.service, 'NIU', fact('remark-made', '2020-01-01', { about: 'a test' }));
      expect((await recordFact(own.service, 'NIU', correction(id, { data: { colour: 'red' } }))).status).toBe(400);
    }
  });

  it('can be what it is already, for every fact of the real record', async () => {
    const facts = (await Promise.all(['BGR', 'GNB', 'LTU', 'SOM', 'LAO', 'AFG', 'CHE', 'MEX', 'GIN'].map((iso3) => historyOf(own.service, iso3)))).flat();
    const seen = new Set<string>();
    for (const { id, iso3 = '', type, data } of facts) {
      if (seen.has(type) || type.startsWith('fact-') || Object.keys(data).length === 0) continue;
      seen.add(type);
      const { status, body } = await recordFact(own.service, iso3, correction(id, { data }), {}, '?dryRun=true');
      expect(`${status} ${status === 200 ? '' : JSON.stringify({ type, data, body })}`).toBe('200 ');
    }
    expect(seen.size).toBeGreaterThan(7);
  });
});

describe('a retraction', () => {
  const status = async (position: number, query = '') => (await pageOf(own.service, 'KIR', `minPosition=${position}&${query}`)).participation.status;
  let deposit = '';
  let first = '';

  it('takes the fact out, from when it is known', async () => {
    const recordedDeposit = await recorded(own.service, 'KIR', fact('instrument-deposited', '2018-03-01', { instrument: 'accession' }, { knownOn: '2018-03-01' }));
    deposit = recordedDeposit.events[0];
    const { events, position } = await recorded(own.service, 'KIR', retraction(deposit, '2020-01-01'));
    first = events[0];
    expect(await status(position)).toBe('none');
    expect(await status(position, 'asAt=2019-12-31')).toBe('party');
    expect((await historyOf(own.service, 'KIR'))[0]).toMatchObject({ id: deposit, supersededBy: first });
  });

  it('leaves nothing to correct or retract again', async () => {
    for (const body of [retraction(deposit), correction(deposit, { effectiveOn: '2018-04-01' })]) {
      expect(problemIn(await recordFact(own.service, 'KIR', body))).toMatchObject({ status: 422, code: 'fact-already-retracted' });
    }
  });

  it('can itself be retracted, and the fact is back', async () => {
    const { position } = await recorded(own.service, 'KIR', retraction(first));
    expect(await status(position)).toBe('party');
    const [one, two, three] = await historyOf(own.service, 'KIR');
    expect([one?.supersededBy, two?.supersededBy, three?.supersededBy]).toEqual([first, three?.id, undefined]);
  });

  it('may be corrected by nobody', async () => {
    const [, , last] = await historyOf(own.service, 'KIR');
    expect(problemIn(await recordFact(own.service, 'KIR', correction(last?.id as string, { effectiveOn: '2018-04-01' })))).toMatchObject({ status: 422, code: 'cannot-correct-an-amendment' });
  });

  it.each([
    ['a fact that there is not', 'KIR', () => retraction(NOBODY), 404, 'unknown-fact'],
    ['another State’s fact', 'TON', () => retraction(deposit), 404, 'unknown-fact'],
    ['something that is no id', 'KIR', () => retraction('the first one'), 400, 'invalid-input'],
    ['a correction that corrects nothing', 'KIR', () => correction(deposit, {}), 422, 'nothing-to-correct'],
    ['a correction of nothing to nothing', 'KIR', () => correction(deposit, { effectiveOn: null, data: null }), 422, 'nothing-to-correct'],
    ['a correction into the future', 'KIR', () => correction(deposit, { effectiveOn: '2190-01-01' }), 422, 'date-in-the-future'],
    ['a correction to before there was a treaty', 'KIR', () => correction(deposit, { effectiveOn: '2001-01-01' }), 422, 'before-adoption'],
    ['an amendment without a reason', 'KIR', () => fact('fact-retracted', null, { fact: deposit }), 400, 'invalid-input'],
  ])('names what there is: %s is refused and nothing written', async (_, iso3, body, expected, code) => {
    const head = await headOf(own.database);
    expect(problemIn(await recordFact(own.service, iso3, body()))).toMatchObject({ status: expected, code });
    expect(await headOf(own.database)).toBe(head);
  });
});
