import { describe, expect, it } from '@jest/globals';
import { isWeekend, nextWorkingDay, weekday, workingDayAfter, workingDayBefore } from './working-days.js';

const MONDAY_TO_SUNDAY = ['2019-04-29', '2019-04-30', '2019-05-01', '2019-05-02', '2019-05-03', '2019-05-04', '2019-05-05'];

describe('a week', () => {
  it('begins on Monday, also in years long gone and across the end of one', () => {
    expect(MONDAY_TO_SUNDAY.map(weekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(['1999-12-31', '2000-02-29', '2020-12-31', '2021-01-01'].map(weekday)).toEqual([5, 2, 4, 5]);
  });
  it('ends with two days on which nothing goes out', () => expect(MONDAY_TO_SUNDAY.filter(isWeekend)).toEqual(['2019-05-04', '2019-05-05']));
});

describe('off a weekend', () => {
  it('it goes back to the Friday, across the end of a month too', () => {
    expect(MONDAY_TO_SUNDAY.map(workingDayBefore)).toEqual([...MONDAY_TO_SUNDAY.slice(0, 5), '2019-05-03', '2019-05-03']);
    expect(workingDayBefore('2020-02-01')).toBe('2020-01-31');
  });
  it('or on to the Monday', () => {
    expect(MONDAY_TO_SUNDAY.map(workingDayAfter)).toEqual([...MONDAY_TO_SUNDAY.slice(0, 5), '2019-05-06', '2019-05-06']);
    expect(workingDayAfter('2019-08-31')).toBe('2019-09-02');
  });
});

it('the next working day is never the day itself', () =>
  expect(MONDAY_TO_SUNDAY.map(nextWorkingDay)).toEqual(['2019-04-30', '2019-05-01', '2019-05-02', '2019-05-03', '2019-05-06', '2019-05-06', '2019-05-06']));
