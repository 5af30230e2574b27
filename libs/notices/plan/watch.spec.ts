import { describe, expect, it } from '@jest/globals';
import { obligationKey, rungsOn, watch } from './watch.js';

const stockpiles = (status: 'pending' | 'overdue' | 'decision-pending' | 'not-known' | 'met') => ({ kind: 'stockpile-destruction', status });
const stepsOn = (today: string, { dueOn, since = null, status = 'pending' }: { dueOn: string; since?: string | null; status?: Parameters<typeof stockpiles>[0] }): string[] =>
  rungsOn(stockpiles(status), { dueOn, since }, today).map(({ step }) => step);

describe('what is remembered of an obligation', () => {
  it('is the day on which it was first seen with its due date', () => {
    const first = watch(undefined, '2019-10-01', '2011-04-06');
    expect(first).toEqual({ dueOn: '2019-10-01', since: '2011-04-06' });
    expect(watch(first, '2019-10-01', '2019-09-03')).toBe(first);
    expect(watch(first, '2020-10-01', '2019-09-04')).toEqual({ dueOn: '2020-10-01', since: '2019-09-04' });
  });
  it('is kept for each year of a report by itself', () => {
    expect(obligationKey('BGR', { article: 7, kind: 'annual-report', year: 2018 })).not.toBe(obligationKey('BGR', { article: 7, kind: 'annual-report', year: 2019 }));
    expect(obligationKey('BGR', { article: 3, kind: 'extension-request' })).not.toBe(obligationKey('BGR', { article: 4, kind: 'extension-request' }));
  });
});

describe('a step', () => {
  it('goes out on its day alone', () => expect(['2019-01-30', '2019-01-31', '2019-02-01'].map((day) => stepsOn(day, { dueOn: '2019-05-01' }))).toEqual([[], ['T-90'], []]));
  it('goes out only if the obligation has the status that it speaks of', () => {
    expect(stepsOn('2019-05-01', { dueOn: '2019-05-01' })).toEqual(['T0']);
    expect(stepsOn('2019-05-15', { dueOn: '2019-05-01', status: 'overdue' })).toEqual(['T+14']);
    for (const status of ['decision-pending', 'not-known', 'met'] as const) expect(stepsOn('2019-05-15', { dueOn: '2019-05-01', status })).toEqual([]);
    expect(stepsOn('2019-01-31', { dueOn: '2019-05-01', status: 'met' })).toEqual([]);
  });
  it('has no day as long as there is no due date', () => expect(rungsOn({ kind: 'extension-request', status: 'pending' }, { dueOn: null, since: '2019-09-04' }, '2019-09-05')).toEqual([]));
});

describe('when a date moves', () => {
  // Bulgaria: twelve months granted by the 9MSP, known on Wednesday 4 September 2019; 540 days before the new date was in April.
  const moved = { dueOn: '2020-10-01', since: '2019-09-04' };
  it('the latest of the steps that lie in the past is made up, on the next working day', () => {
    expect(['2019-09-04', '2019-09-05', '2019-09-06'].map((day) => stepsOn(day, moved))).toEqual([[], ['T-540'], []]);
    expect(stepsOn('2019-10-03', { dueOn: '2020-10-01', since: '2019-10-02' })).toEqual(['T-540']);
    expect(stepsOn('2019-10-04', { dueOn: '2020-10-01', since: '2019-10-03' })).toEqual(['T-365']);
  });
  it('on a Monday where it moved on a Friday or a weekend', () => {
    for (const since of ['2019-10-04', '2019-10-05', '2019-10-06']) expect(['2019-10-05', '2019-10-06', '2019-10-07'].map((day) => stepsOn(day, { dueOn: '2020-10-01', since }))).toEqual([[], [], ['T-365']]);
  });
  it('nothing is made up where nothing lies in the past', () => expect(stepsOn('2018-09-06', { dueOn: '2020-10-01', since: '2018-09-05' })).toEqual([]));
  it('nothing is made up that speaks of another status', () => {
    // Known on the day after the due date: the last step before was T0, and by now it is overdue.
    expect(stepsOn('2019-05-03', { dueOn: '2019-05-01', since: '2019-05-02', status: 'overdue' })).toEqual([]);
    expect(stepsOn('2019-06-20', { dueOn: '2019-05-01', since: '2019-06-19', status: 'overdue' })).toEqual(['T+30']);
    expect(stepsOn('2019-06-20', { dueOn: '2019-05-01', since: '2019-06-19', status: 'decision-pending' })).toEqual([]);
  });
  it('a step of the day itself and the one made up go out together', () => expect(stepsOn('2019-10-02', { dueOn: '2020-10-01', since: '2019-10-01' })).toEqual(['T-540', 'T-365']));
  it('nothing is made up of what was there before anyone watched', () => expect(stepsOn('2019-09-05', { dueOn: '2020-10-01', since: null })).toEqual([]));
});
