import { type HoldKind, holdKind, type HoldOutcome, type WaitingHold } from '#notices';

/** A hold as it is shown: what it keeps back, since when, through whom and why. */
export interface HoldView {
  scope: HoldKind;
  treaty: string;
  iso3: string | null;
  on: string | null;
  inForce: boolean;
  reason: string;
  since: string;
  by: string;
  /** Messages that wait under it. */
  waiting: number;
}

export interface HoldAnswer {
  /** Null where what was skipped was not on hold. */
  hold: HoldView | null;
  /** Messages that were held back, let go or skipped by this request. */
  turned: number;
  /** Messages that had been handed to the mail server already. */
  onTheirWay: number;
}

export const viewOfHold = ({ treaty, iso3, on, releasedAt, reason, since, by, waiting }: WaitingHold): HoldView => ({
  scope: holdKind({ iso3, on }), treaty, iso3, on, inForce: releasedAt === null, reason, since: since.toISOString(), by, waiting,
});

export const answerOf = ({ hold, turned, onTheirWay }: HoldOutcome): HoldAnswer => ({ hold: hold && viewOfHold(hold), turned, onTheirWay });
