import { type Day, plus } from '#treaty';

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: Day): number => {
  // Days since a Monday; far cheaper than asking a calendar for each of a million steps.
  const since = Math.round((Date.parse(`${day}T00:00:00Z`) - MONDAY) / DAY_MS);
  return (((since % 7) + 7) % 7) + 1;
};

const DAY_MS = 86_400_000;
const MONDAY = Date.parse('2001-01-01T00:00:00Z');

export const isWeekend = (day: Day): boolean => weekday(day) > 5;

/** The day itself, or the Friday before it. */
export const workingDayBefore = (day: Day): Day => (isWeekend(day) ? plus(day, { days: 5 - weekday(day) }) : day);

/** The day itself, or the Monday after it. */
export const workingDayAfter = (day: Day): Day => (isWeekend(day) ? plus(day, { days: 8 - weekday(day) }) : day);

/** The first working day after a day, never the day itself. */
export const nextWorkingDay = (day: Day): Day => workingDayAfter(plus(day, { days: 1 }));
