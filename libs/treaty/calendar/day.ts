/**
 * Calendar days as ISO strings (`2019-05-01`). They compare with `<` as the days do; arithmetic goes through
 * `Temporal.PlainDate`. A board looks at some 100,000 comparisons, and comparing two PlainDates costs two hundred
 * times what comparing two strings does (docs/decisions/0002-days-as-iso-strings.md).
 */
export type Day = string;

/** `2019`, `2019-05` or `2019-05-01`: as precise as the source is. */
export type CoarseDate = string;

export interface Duration {
  years?: number;
  months?: number;
  days?: number;
}

const COARSE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

export const isDay = (text: string): boolean => text.length === 10 && isCoarseDate(text);

/** No treaty of ours reaches beyond these years; a date that does is a slip of the pen. */
const FIRST_YEAR = '1800';
const LAST_YEAR = '2199';

/** True for a year, a month or a day that exists; false for `2021-02-30`, and for the year 9999. */
export const isCoarseDate = (text: string): boolean => {
  if (!COARSE.test(text) || text.slice(0, 4) < FIRST_YEAR || text.slice(0, 4) > LAST_YEAR) return false;
  try {
    Temporal.PlainDate.from(text.padEnd(10, '-01'), { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};

/** First and last day of the period that a coarse date names. */
export const periodOf = (date: CoarseDate): { first: Day; last: Day } => {
  if (date.length === 10) return { first: date, last: date };
  if (date.length === 4) return { first: `${date}-01-01`, last: `${date}-12-31` };
  return remember(`${date} period`, () => {
    const month = Temporal.PlainYearMonth.from(date);
    return { first: `${date}-01`, last: `${date}-${month.daysInMonth}` };
  });
};

/** A day some years, months or days later (or earlier), by the calendar: months and years are not counted in days. */
export const plus = (day: Day, duration: Duration): Day =>
  remember(`${day} ${duration.years ?? 0} ${duration.months ?? 0} ${duration.days ?? 0}`, () =>
    Temporal.PlainDate.from(day).add(duration).toString(),
  );

/** First day of the n-th month after the month of a day: six months after any day of March is 1 September. */
export const firstOfMonthAfter = (day: Day, months: number): Day => plus(`${day.slice(0, 7)}-01`, { months });

export const yearOf = (date: CoarseDate): number => Number(date.slice(0, 4));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `7 Sep 2010`, `Sep 2010` or `2010`, as precise as the date. */
export const inWords = (date: CoarseDate): string =>
  remember(`${date} in words`, () => {
    const [year, month, day] = date.split('-');
    return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
  });

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** The same few hundred sums come up for every State of every board; the memory is bounded and holds nothing else. */
const remembered = new Map<string, unknown>();
const MOST_REMEMBERED = 20_000;

function remember<T>(key: string, compute: () => T): T {
  const known = remembered.get(key);
  if (known !== undefined) return known as T;
  const value = compute();
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, value);
  return value;
}
