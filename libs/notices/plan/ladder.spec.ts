import { describe, expect, it } from '@jest/globals';
import { rungsOf } from './ladder.js';

const steps = (kind: string): string[] => rungsOf(kind, '2019-05-01').map(({ step }) => step);
/** Day on which one step of a due date goes out. */
const dayOf = (kind: string, dueOn: string, step: string): string | undefined => rungsOf(kind, dueOn).find((rung) => rung.step === step)?.on;

const TO_THE_DAY = ['T-180', 'T-90', 'T-30', 'T-7', 'T0'];
const AFTER_IT = ['T+14', 'T+30', 'M+2', 'M+3', 'M+4', 'M+5', 'M+6', 'M+7', 'M+8', 'M+9', 'M+10', 'M+11'];

describe('the ladder', () => {
  it.each(['stockpile-destruction', 'clearance'])('of %s begins with the time that an extension takes', (kind) =>
    expect(steps(kind).slice(0, 22)).toEqual(['T-540', 'T-365', ...TO_THE_DAY, ...AFTER_IT, 'M+12', 'M+15', 'M+18']));
  it('of an initial report begins half a year before', () => expect(steps('initial-report').slice(0, 20)).toEqual([...TO_THE_DAY, ...AFTER_IT, 'M+12', 'M+15', 'M+18']));
  it('goes on every three months for as long as it takes', () => expect(dayOf('initial-report', '2011-10-28', 'M+180')).toBe('2026-10-28'));
  it('of an annual report has dates of the year, and ends where the next one begins', () => expect(steps('annual-report')).toEqual(['Y-02-01', 'Y-04-01', 'Y-04-23', 'T0', ...AFTER_IT]));
  it('of a request ends before its filing date', () => expect(steps('extension-request')).toEqual(['F-90', 'F-30', 'F-7']));

  it('speaks of something pending up to the day itself, and of something overdue after it', () =>
    expect(rungsOf('clearance', '2020-08-01').map(({ step, speaksOf }) => speaksOf === 'pending' ? step : '').filter(Boolean)).toEqual(['T-540', 'T-365', ...TO_THE_DAY]));
  it('is told to coordinators too from thirty days after it', () => {
    for (const kind of ['clearance', 'initial-report', 'annual-report']) {
      const [first, ...rest] = rungsOf(kind, '2020-08-01').filter(({ speaksOf }) => speaksOf === 'overdue');
      expect(first).toMatchObject({ step: 'T+14', escalates: false });
      expect(rest.every(({ escalates }) => escalates)).toBe(true);
    }
    expect(rungsOf('annual-report', '2020-04-30').filter(({ speaksOf, escalates }) => speaksOf === 'pending' && escalates)).toEqual([]);
  });
});

describe('a step goes out', () => {
  // Guinea-Bissau, Article 3: due on Wednesday 1 May 2019.
  it('on its day', () => {
    expect(dayOf('stockpile-destruction', '2019-05-01', 'T-90')).toBe('2019-01-31');
    expect(dayOf('stockpile-destruction', '2019-05-01', 'T0')).toBe('2019-05-01');
    expect(dayOf('stockpile-destruction', '2019-05-01', 'T+30')).toBe('2019-05-31');
  });
  it('on the Friday before a weekend, if it comes before the due date or falls on it', () => {
    // Germany, Article 4: due on Saturday 1 August 2020.
    expect(dayOf('clearance', '2020-08-01', 'T0')).toBe('2020-07-31');
    expect(dayOf('annual-report', '2020-04-30', 'Y-02-01')).toBe('2020-01-31');
    // To be filed by Sunday 2 December 2018.
    expect(dayOf('extension-request', '2018-12-02', 'F-7')).toBe('2018-11-23');
  });
  it('on the Monday after one, if it comes after the due date', () => {
    expect(dayOf('stockpile-destruction', '2019-05-01', 'M+4')).toBe('2019-09-02');
    expect(dayOf('annual-report', '2016-04-30', 'T+14')).toBe('2016-05-16');
  });
  it('on the last day of a month that has no such day', () => {
    expect(dayOf('stockpile-destruction', '2019-12-31', 'M+2')).toBe('2020-03-02'); // Saturday 29 February
    expect(dayOf('annual-report', '2018-04-30', 'M+10')).toBe('2019-02-28');
    expect(dayOf('stockpile-destruction', '2019-12-31', 'M+3')).toBe('2020-03-31');
  });
});
