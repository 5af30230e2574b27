import { type Day, later } from '../calendar/day.js';
import type { Cut } from '../facts/fact.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import type { Participation } from './participation.js';
import type { AnyStanding, Standing } from './standing.js';
import type { Coverage, TreatyAt } from './treaty-record.js';

/** What the obligations of one State are worked out from. */
export interface Standpoint {
  rules: TreatyRules;
  facts: readonly AnyStanding[];
  participation: Participation;
  treaty: TreatyAt;
  cut: Cut;
  /** Whether derivations are wanted. */
  explain: boolean;
}

export const OBLIGATION_STATUSES = [
  'pending', 'overdue', 'decision-pending', 'not-known', 'met', 'met-late', 'met-undated', 'not-owed', 'ended', 'lapsed',
] as const;
export type ObligationStatus = (typeof OBLIGATION_STATUSES)[number];

/** One thing that a State owes, with its due date, where that comes from, and how it stands. */
export interface Obligation {
  article: number;
  kind: string;
  /** Of an annual report: the calendar year that it covers. */
  year?: number;
  theme: string;
  citation: string;
  /** Null as long as it cannot be computed: entry into force, or the meeting that it hangs on, is not known. */
  dueOn: Day | null;
  status: ObligationStatus;
  /** Whether a decision has moved the due date. */
  extended: boolean;
  /** The steps from the deposit to the due date, in words and with the articles. */
  derivation: string[];
  /** Id of the fact that met it. */
  metBy?: string;
  /** Day on which what met it counts: the fact's last possible day. */
  metOn?: Day;
  /** First day on which the record showed it as met: what met it had happened, and was known. */
  metKnownOn?: Day;
}

export const MET: ReadonlySet<ObligationStatus> = new Set(['met', 'met-late', 'met-undated']);

/** Met in time, late, or with a date too coarse to tell. */
export const metStatus = (days: { first: Day | null; last: Day }, dueOn: Day | null): 'met' | 'met-late' | 'met-undated' => {
  if (dueOn === null || days.last <= dueOn) return 'met';
  return days.first !== null && days.first > dueOn ? 'met-late' : 'met-undated';
};

/** The first day on which one of the facts counted; an earlier fact may have become known after a later one. */
export const firstCounted = (facts: readonly Pick<Standing, 'last' | 'knownOn'>[]): Day | undefined =>
  facts.map(({ last, knownOn }) => later(last, knownOn)).sort()[0];

/** Past its due date and unanswered: overdue where the record claims to be complete, else not known. */
export const unansweredStatus = (kind: string, dueOn: Day, asAt: Day, coverage: Coverage): 'overdue' | 'not-known' => {
  const until = coverage.completeUntil[kind] ?? null;
  if (until !== null && asAt <= until) return 'overdue';
  const liveFrom = coverage.liveFrom ?? null;
  return liveFrom !== null && liveFrom <= asAt && liveFrom <= dueOn ? 'overdue' : 'not-known';
};

/** Pending to the end of the due date itself. */
export const isPending = (dueOn: Day | null, asAt: Day): boolean => dueOn === null || asAt <= dueOn;
