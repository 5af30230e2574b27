import { type Day, inWords, type Participation } from '#treaty';
import { AGREES, disagrees, type Finding } from './finding.js';
import type { StatusRow } from './read-status-xml.js';

export const compareSignature = ({ signedOn }: StatusRow, record: Participation | undefined): Finding => {
  const known = record?.signedOn ?? null;
  if (signedOn === known) return signedOn === null ? null : AGREES;
  // Whoever is bound on our record without having signed has acceded: then one of the two is wrong.
  if (signedOn !== null && known === null && !record?.depositedOn) return { proposes: { type: 'signed', effectiveOn: signedOn, data: {} } };
  return disagrees('signature', signedInWords(known), signedInWords(signedOn));
};

export const compareDeposit = ({ deposit, signedOn }: StatusRow, record: Participation | undefined): Finding => {
  const depositedOn = record?.depositedOn ?? null;
  const kept = depositedOn === null ? `no deposit, ${signedInWords(record?.signedOn ?? null)}` : `${record?.instrument ?? 'instrument'} on ${inWords(depositedOn)}`;
  if (deposit === null) return depositedOn === null ? null : disagrees('deposit', kept, 'no deposit');
  const { on, instrument } = deposit;
  if (depositedOn === on && record?.instrument === instrument) return AGREES;
  const signed = signedOn !== null || Boolean(record?.signedOn);
  // A succession has no command, and only who has not signed accedes: what could not be recorded is not proposed.
  if (depositedOn === null && instrument !== 'succession' && signed === (instrument !== 'accession')) {
    return { proposes: { type: 'instrument-deposited', effectiveOn: on, data: { instrument } } };
  }
  return disagrees('deposit', kept, `${instrument} on ${inWords(on)}`);
};

/**
 * Null also for a State Party: it applies the treaty, and no longer provisionally. `deposited`: there is an instrument,
 * on record or proposed, for the declaration to come with.
 */
export const compareProvisionalApplication = ({ provisionalOn }: StatusRow, record: Participation | undefined, deposited: boolean): Finding => {
  if (record?.status === 'party' || record?.status === 'withdrawn') return null;
  const known = record?.provisionallyApplying ?? false;
  if ((provisionalOn !== null) === known) return known ? AGREES : null;
  if (provisionalOn !== null && deposited) return { proposes: { type: 'provisional-application-declared', effectiveOn: provisionalOn, data: {} } };
  return disagrees('provisional-application', known ? 'declared' : 'not declared', provisionalOn === null ? 'not declared' : `declared on ${inWords(provisionalOn)}`);
};

/** Brackets without a withdrawal on record; or a withdrawal that had taken effect by the day of the file, and no brackets. */
export const compareWithdrawal = ({ bracketed }: StatusRow, record: Participation | undefined, asOf: Day | undefined): Finding => {
  const effect = record?.withdrawalTakesEffectOn ?? null;
  if (bracketed) return effect === null ? disagrees('withdrawal', 'no withdrawal', 'dates in brackets: no longer counted') : null;
  if (record?.status !== 'withdrawn' || effect === null || (asOf !== undefined && asOf < effect)) return null;
  return disagrees('withdrawal', `withdrawn with effect from ${inWords(effect)}`, 'dates without brackets: still counted');
};

const signedInWords = (on: Day | null): string => (on === null ? 'not signed' : `signed on ${inWords(on)}`);
