import { describe, expect, it } from '@jest/globals';
import { earlier, firstOfMonthAfter, inWords, isCoarseDate, isDay, later, periodOf, plus, yearOf } from './day.js';

describe('a coarse date', () => {
  it.each([
    ['2019', '2019-01-01', '2019-12-31'],
    ['2019-02', '2019-02-01', '2019-02-28'],
    ['2020-02', '2020-02-01', '2020-02-29'],
    ['2100-02', '2100-02-01', '2100-02-28'],
    ['2019-11', '2019-11-01', '2019-11-30'],
    ['2019-05-01', '2019-05-01', '2019-05-01'],
  ])('%s lies between %s and %s', (date, first, last) => expect(periodOf(date)).toEqual({ first, last }));

  it.each(['2019', '2019-05', '2019-05-01', '2020-02-29'])('%s is one', (date) => expect(isCoarseDate(date)).toBe(true));
  it.each(['2021-02-30', '2019-02-29', '2100-02-29', '2019-13', '2019-00', '2019-05-00', '19', '2019-5-1', '2019-05-01T00:00', ' 2019', '', 'May 2019', '+02019-05-01'])(
    '"%s" is none', (date) => expect(isCoarseDate(date)).toBe(false),
  );

  it('is a day only when it names the day', () => expect(['2019-05-01', '2019-05', '2019', '2021-02-30', '2019-05-1 '].map(isDay)).toEqual([true, false, false, false, false]));
  it('has the year that it begins with', () => expect([yearOf('2019'), yearOf('2019-12'), yearOf('2019-12-31')]).toEqual([2019, 2019, 2019]));
  it('reads as precisely as it is known', () => expect(['2010-09-07', '2010-09', '2010'].map(inWords)).toEqual(['7 Sep 2010', 'Sep 2010', '2010']));
});

describe('adding to a day', () => {
  it('counts years by the calendar: 8 years from 1 May 2011 is 1 May 2019', () => expect(plus('2011-05-01', { years: 8 })).toBe('2019-05-01'));
  it('counts months by the calendar, not in days: 6 months from 6 Sep 2024 is 6 Mar 2025', () => expect(plus('2024-09-06', { months: 6 })).toBe('2025-03-06'));
  it('ends on the last day of a shorter month', () => expect([plus('2019-08-31', { months: 6 }), plus('2018-08-31', { months: 6 })]).toEqual(['2020-02-29', '2019-02-28']));
  it('goes back over a year’s end: 9 months before 30 Aug 2022 is 30 Nov 2021', () => expect(plus('2022-08-30', { months: -9 })).toBe('2021-11-30'));
  it('counts days as days: 180 from 1 May 2011 is 28 Oct 2011', () => expect(plus('2011-05-01', { days: 180 })).toBe('2011-10-28'));
  it('counts a leap day among them: 180 from 1 Nov 2015 is 29 Apr 2016, from 1 Nov 2014 it is 30 Apr 2015', () =>
    expect([plus('2015-11-01', { days: 180 }), plus('2014-11-01', { days: 180 })]).toEqual(['2016-04-29', '2015-04-30']));
  it('turns 29 February into 28 where there is none', () => expect([plus('2020-02-29', { years: 1 }), plus('2020-02-29', { years: 4 })]).toEqual(['2021-02-28', '2024-02-29']));
});

it('finds the first day of the sixth month after the month of any day', () =>
  expect(['2018-03-01', '2018-03-31', '2010-02-16', '2020-08-06'].map((day) => firstOfMonthAfter(day, 6))).toEqual(['2018-09-01', '2018-09-01', '2010-08-01', '2021-02-01']));

it('tells the earlier of two days from the later', () => expect([earlier('2019-12-31', '2020-01-01'), later('2019-12-31', '2020-01-01')]).toEqual(['2019-12-31', '2020-01-01']));

it('answers the same after more sums than it remembers', () => {
  for (let count = 0; count < 21_000; count++) plus('2000-01-01', { days: count });
  expect(plus('2011-05-01', { years: 8 })).toBe('2019-05-01');
});
