import { type Day, inWords, type Participation } from '#treaty';
import type { Finding } from './compare.js';
import type { StatusRow } from './read-status-xml.js';

/** Null where there is nothing to compare: a State Party applies the treaty, and no longer provisionally. */
export const provisionalApplication = ({ provisionalOn, deposit }: StatusRow, record: Participation | undefined): Finding | null => {
  if (record?.status === 'party' || record?.status === 'withdrawn') return null;
  const known = record?.provisionallyApplying ?? false;
  if ((provisionalOn !== null) === known) return known ? { agrees: true } : null;
  // It is declared with an instrument: without one, on record or proposed beside it, it could not be recorded.
  if (provisionalOn !== null && (record?.depositedOn || (deposit && deposit.instrument !== 'succession'))) {
    return { proposes: { type: 'provisional-application-declared', effectiveOn: provisionalOn, data: {} } };
  }
  return { disagrees: { subject: 'provisional-application', record: known ? 'declared' : 'not declared', depositary: provisionalOn ? `declared on ${inWords(provisionalOn)}` : 'not declared' } };
};

/** Brackets without a withdrawal on record, or a withdrawal that has taken effect without brackets. */
export const withdrawal = ({ bracketed }: StatusRow, record: Participation | undefined, asOf: Day | undefined): Finding | null => {
  const notified = record?.withdrawalNotifiedOn ?? null;
  if (bracketed && notified === null) {
    return { disagrees: { subject: 'withdrawal', record: 'no withdrawal', depositary: 'dates in brackets: no longer counted' } };
  }
  const effect = record?.withdrawalTakesEffectOn ?? null;
  if (bracketed || record?.status !== 'withdrawn' || effect === null || (asOf !== undefined && asOf < effect)) return null;
  return { disagrees: { subject: 'withdrawal', record: `withdrawn with effect from ${inWords(effect)}`, depositary: 'counted as before (no brackets)' } };
};
