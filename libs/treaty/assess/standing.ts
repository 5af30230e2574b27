import type { Day } from '../calendar/day.js';
import { earlier, periodOf } from '../calendar/day.js';
import type { AnyFact, Cut, Fact } from '../facts/fact.js';
import type { FactType } from '../facts/fact-data.js';
import type { DatedMeeting } from './treaty-record.js';

/** A fact that counts, with the first and last day on which it can have happened. It counts from its last. */
export type Standing<T extends FactType = FactType> = Fact<T> & {
  /** Null where only a latest day is known. */
  first: Day | null;
  last: Day;
};

export type AnyStanding = { [T in FactType]: Standing<T> }[FactType];

/**
 * The facts that count at a cut, in the order in which they count: in effect by `asAt`, known by `knownOn`, recorded by
 * `recordedBy`, as corrected by then, and not retracted by then.
 */
export const standing = (facts: readonly AnyFact[], meetings: readonly DatedMeeting[], cut: Cut): AnyStanding[] => {
  const amendments = amendmentsAt(facts, cut);
  const counted: AnyStanding[] = [];
  for (const recorded of facts) {
    if (recorded.type === 'fact-corrected' || recorded.type === 'fact-retracted') continue;
    if (recorded.knownOn > cut.knownOn || recorded.recordedAt > cut.recordedBy) continue;
    if (amendments?.retracted.has(recorded.id)) continue;
    const fact = (amendments?.corrections.get(recorded.id) ?? []).reduce(corrected, recorded);
    const days = daysOf(fact, meetings);
    if (days.last > cut.asAt && !holdsFromTheStart(fact)) continue;
    counted.push({ ...fact, ...days });
  }
  // Sorting is stable: facts of one day keep the order in which they were recorded.
  return counted.sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0));
};

/**
 * First and last possible day of a fact. The last is the earliest of: the end of its period, its `knownBy`, and where
 * they lie in the period, the end of the meeting that decided, or the start of the meeting that is to consider a request.
 * An exact date is the only day. A declaration of an obligation without a date is dated by the deposit, not here.
 */
export const daysOf = (fact: Pick<AnyFact, 'type' | 'effectiveOn' | 'knownBy' | 'knownOn' | 'data'>, meetings: readonly DatedMeeting[]): { first: Day | null; last: Day } => {
  if (fact.effectiveOn === null) return { first: null, last: fact.type === 'obligation-declared' ? fact.knownOn : (fact.knownBy ?? fact.knownOn) };
  if (fact.effectiveOn.length === 10) return { first: fact.effectiveOn, last: fact.effectiveOn };
  const { first, last: end } = periodOf(fact.effectiveOn);
  let last = end;
  if (fact.knownBy !== null) last = earlier(last, fact.knownBy);
  const bound = meetingBound(fact, meetings);
  if (bound !== null && bound >= first && bound <= end) last = earlier(last, bound);
  return { first: earlier(first, last), last };
};

const meetingBound = (fact: Pick<AnyFact, 'type' | 'data'>, meetings: readonly DatedMeeting[]): Day | null => {
  const named = 'meeting' in fact.data ? fact.data.meeting : undefined;
  if (!named) return null;
  const meeting = meetings.find((candidate) => candidate.id === named);
  switch (fact.type) {
    case 'extension-granted':
    case 'extension-refused':
      return meeting?.end ?? null;
    case 'extension-requested':
    case 'extension-request-revised':
      return meeting?.start ?? null;
    default:
      return null;
  }
};

/** Findings that say what had been so all along hold whatever day is asked about; only knowledge of them has a date. */
const holdsFromTheStart = (fact: AnyFact): boolean =>
  fact.type === 'no-stockpile-confirmed' ||
  fact.type === 'obligation-found-not-to-exist' ||
  (fact.type === 'obligation-declared' && fact.effectiveOn === null);

interface Amendments {
  retracted: Set<string>;
  /** Of each corrected fact, oldest first. */
  corrections: Map<string, Fact<'fact-corrected'>[]>;
}

/** What amends what, read backwards: an amendment can itself be retracted by a later one. */
const amendmentsAt = (facts: readonly AnyFact[], cut: Cut): Amendments | null => {
  let found: Amendments | null = null;
  for (let index = facts.length - 1; index >= 0; index--) {
    const fact = facts[index] as AnyFact;
    if (fact.type !== 'fact-corrected' && fact.type !== 'fact-retracted') continue;
    if (fact.knownOn > cut.knownOn || fact.recordedAt > cut.recordedBy) continue;
    found ??= { retracted: new Set(), corrections: new Map() };
    if (found.retracted.has(fact.id)) continue;
    if (fact.type === 'fact-retracted') found.retracted.add(fact.data.fact);
    else found.corrections.set(fact.data.fact, [fact, ...(found.corrections.get(fact.data.fact) ?? [])]);
  }
  return found;
};

/**
 * A fact as a correction leaves it. The correction's own date is the corrected date, unless it gives the date in its
 * data, or corrects nothing but data.
 */
export const corrected = (fact: AnyFact, correction: Fact<'fact-corrected'>): AnyFact => {
  const { effectiveOn, knownBy, data } = correction.data;
  const date = effectiveOn ?? (data || knownBy !== undefined ? fact.effectiveOn : (correction.effectiveOn ?? fact.effectiveOn));
  return {
    ...fact,
    effectiveOn: date,
    knownBy: knownBy !== undefined ? knownBy : date === fact.effectiveOn ? fact.knownBy : null,
    data: data ? { ...fact.data, ...data } : fact.data,
  } as AnyFact;
};
