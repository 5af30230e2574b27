import type { Day } from '#treaty';

/** What is held back together: all letters about a State, the run of a day, or, with neither, everything of a treaty. */
export interface Scope {
  treaty: string;
  iso3?: string;
  on?: Day;
}

export interface Hold {
  id: string;
  treaty: string;
  iso3: string | null;
  on: Day | null;
  reason: string;
  since: Date;
  /** The key that holds it; `pacta` for a run above the limit. */
  by: string;
  /** Null as long as it is in force. */
  releasedAt: Date | null;
  releasedBy: string | null;
  releaseReason: string | null;
}

export const HOLD_COLUMNS = `id, treaty, iso3, on_day::text AS "on", reason, held_at AS since, held_by AS by, released_at AS "releasedAt", released_by AS "releasedBy", release_reason AS "releaseReason"`;

/** Of a message: nothing that it speaks of is on hold. A run is held by its messages, which may be released one by one. */
export const NOT_ON_HOLD = `NOT EXISTS (SELECT FROM notices.holds AS hold
  WHERE hold.treaty = message.treaty AND hold.released_at IS NULL AND hold.on_day IS NULL AND (hold.iso3 IS NULL OR hold.iso3 = ANY(message.states)))`;

export type HoldKind = 'state' | 'run' | 'treaty';

export const holdKind = ({ iso3, on }: { iso3?: string | null; on?: string | null }): HoldKind => (iso3 ? 'state' : on ? 'run' : 'treaty');
