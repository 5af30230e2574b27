import type { Day, Obligation } from '#treaty';
import { type DatedRung, rungsOf } from './ladder.js';
import { nextWorkingDay } from './working-days.js';

/** Since when an obligation has had its due date, as far as it was seen coming; null: for longer than anyone watched. */
export interface Watched {
  dueOn: Day | null;
  since: Day | null;
}

/** Names an obligation of a State, whatever its due date. */
export const obligationKey = (iso3: string, { article, kind, year }: Pick<Obligation, 'article' | 'kind' | 'year'>): string => `${iso3} ${article} ${kind} ${year ?? ''}`;

/** What is remembered of an obligation after it was looked at on a day. */
export const watch = (before: Watched | undefined, dueOn: Day | null, today: Day): Watched =>
  before && before.dueOn === dueOn ? before : { dueOn, since: today };

/**
 * The rungs that go out on a day: those that fall on it, and, on the first working day after an obligation appeared or
 * its date moved, the latest of those that lay in the past by then. Nothing else is made up.
 */
export const rungsOn = (obligation: Pick<Obligation, 'kind' | 'status'>, { dueOn, since }: Watched, today: Day): DatedRung[] => {
  if (dueOn === null || (obligation.status !== 'pending' && obligation.status !== 'overdue')) return [];
  const rungs = rungsOf(obligation.kind, dueOn);
  const due = rungs.filter(({ on }) => on === today);
  if (since !== null && nextWorkingDay(since) === today) {
    const missed = rungs.findLast(({ on }) => on < since);
    if (missed) due.unshift(missed);
  }
  return due.filter(({ speaksOf }) => speaksOf === obligation.status);
};
