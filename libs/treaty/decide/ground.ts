import { assess, type Assessment } from '../assess/assess.js';
import { daysOf } from '../assess/standing.js';
import { treatyAt, type TreatyAt, type TreatyRecord } from '../assess/treaty-record.js';
import type { CoarseDate, Day } from '../calendar/day.js';
import type { AnyFact, Cut } from '../facts/fact.js';
import type { FactData, FactType } from '../facts/fact-data.js';
import type { TreatyRules } from '../rules/treaty-rules.js';

/** A fact as a caller wants it recorded. */
export interface Proposal<T extends FactType = FactType> {
  type: T;
  effectiveOn: CoarseDate | null;
  knownBy?: Day | null;
  /** A day, or `own`: known from its own date, as a backfilled fact is. Left out: known from today, the day of recording. */
  knownOn?: Day;
  data: FactData[T];
}
export type AnyProposal = { [T in FactType]: Proposal<T> }[FactType];

/** What a decision stands on: the State's facts, the treaty, and today. */
export interface Ground {
  rules: TreatyRules;
  iso3: string;
  facts: readonly AnyFact[];
  record: TreatyRecord;
  today: Day;
}

/** The ground as it is now, worked out once for all checks of a decision. */
export interface Standpoint extends Ground {
  cut: Cut;
  treaty: TreatyAt;
  state: Assessment;
  /** First and last possible day of what is proposed. */
  first: Day | null;
  last: Day;
}

export const END_OF_TIME = '9999-12-31T23:59:59.999Z';

export const standpoint = (proposal: AnyProposal, ground: Ground): Standpoint => {
  const cut: Cut = { asAt: ground.today, knownOn: ground.today, recordedBy: END_OF_TIME };
  const treaty = treatyAt(ground.rules, ground.record, cut);
  const state = assess(ground.rules, ground.facts, treaty, cut);
  const days = daysOf({ ...proposal, knownBy: proposal.knownBy ?? null, knownOn: ground.today }, treaty.meetings);
  return { ...ground, cut, treaty, state, ...days };
};
