import { type Day, plus, yearOf } from '#treaty';
import { workingDayAfter, workingDayBefore } from './working-days.js';

/** One rung: when it falls, and what must still be true for it to be sent. */
interface Rung {
  /** `T-90`, `M+2`, `Y-02-01`, `F-30`: the name that messages, forecasts and the record use. */
  step: string;
  /** Speaks of something pending (up to the due date) or overdue (after it). */
  speaksOf: 'pending' | 'overdue';
  /** Also told to the coordinators of the theme. */
  escalates: boolean;
  /** Day by the calendar, before a weekend moves it. */
  day: (dueOn: Day) => Day;
}

/** A rung of one due date, on the day on which it goes out. */
export interface DatedRung extends Omit<Rung, 'day'> {
  on: Day;
}

const before = (letter: 'T' | 'F', days: number): Rung => ({ step: `${letter}-${days}`, speaksOf: 'pending', escalates: false, day: (dueOn) => plus(dueOn, { days: -days }) });
const onTheDay: Rung = { step: 'T0', speaksOf: 'pending', escalates: false, day: (dueOn) => dueOn };
const after = (days: number, escalates: boolean): Rung => ({ step: `T+${days}`, speaksOf: 'overdue', escalates, day: (dueOn) => plus(dueOn, { days }) });
const monthsAfter = (months: number): Rung => ({ step: `M+${months}`, speaksOf: 'overdue', escalates: true, day: (dueOn) => plus(dueOn, { months }) });
const dateInYear = (monthDay: string): Rung => ({ step: `Y-${monthDay}`, speaksOf: 'pending', escalates: false, day: (dueOn) => `${yearOf(dueOn)}-${monthDay}` });

const upTo = (last: number): Rung[] => Array.from({ length: last - 1 }, (_, index) => monthsAfter(index + 2));

/** Monthly for a year, then every three months for as long as it takes: forty years are enough for a computer. */
const MONTHS_AFTER: readonly Rung[] = [...upTo(12), ...Array.from({ length: 156 }, (_, index) => monthsAfter(15 + index * 3))];

const DATED = [before('T', 180), before('T', 90), before('T', 30), before('T', 7), onTheDay, after(14, false), after(30, true)];

/**
 * The ladder: who owes something is reminded on these days. A policy of ours, as data: nothing in the Convention says
 * when to remind.
 */
const LADDERS: Readonly<Record<string, readonly Rung[]>> = {
  termed: [before('T', 540), before('T', 365), ...DATED, ...MONTHS_AFTER],
  'initial-report': [...DATED, ...MONTHS_AFTER],
  'annual-report': [dateInYear('02-01'), dateInYear('04-01'), dateInYear('04-23'), onTheDay, after(14, false), after(30, true), ...upTo(11)],
  'extension-request': [before('F', 90), before('F', 30), before('F', 7)],
};

/** Kinds of obligations that have a ladder of their own; all others have a term. */
const ladderOf = (kind: string): readonly Rung[] => LADDERS[kind] ?? (LADDERS['termed'] as readonly Rung[]);

/** The rungs of a due date by the day on which they go out: off a weekend to the Friday before, after the due date to the Monday after. */
export const rungsOf = (kind: string, dueOn: Day): readonly DatedRung[] => {
  const key = `${kind} ${dueOn}`;
  const known = remembered.get(key);
  if (known) return known;
  const rungs = ladderOf(kind).map(({ day, ...rung }) => ({ ...rung, on: rung.speaksOf === 'pending' ? workingDayBefore(day(dueOn)) : workingDayAfter(day(dueOn)) }));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, rungs);
  return rungs;
};

const remembered = new Map<string, readonly DatedRung[]>();
const MOST_REMEMBERED = 2_000;
