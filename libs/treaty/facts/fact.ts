import type { CoarseDate, Day } from '../calendar/day.js';
import type { FactData, FactType } from './fact-data.js';

/**
 * Something that happened, as the record holds it. Facts are never changed: a mistake is corrected or retracted by a
 * further fact.
 */
export interface Fact<T extends FactType = FactType> {
  id: string;
  type: T;
  /** From when it is true, as precisely as the source says; null where the source has no date. */
  effectiveOn: CoarseDate | null;
  /** The latest day on which it is known to have happened, where its own date is missing or coarse. */
  knownBy: Day | null;
  /** Day from which it was known. */
  knownOn: Day;
  /** Instant (ISO 8601, UTC) at which the system recorded it. */
  recordedAt: string;
  data: FactData[T];
}

/** Facts of one type or another, so that a `switch` on `type` knows what `data` is. */
export type AnyFact = { [T in FactType]: Fact<T> }[FactType];

/** What is true on `asAt`, by what was known on `knownOn` and recorded by the instant `recordedBy`. */
export interface Cut {
  asAt: Day;
  knownOn: Day;
  recordedBy: string;
}
