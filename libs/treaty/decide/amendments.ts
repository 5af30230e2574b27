import { corrected, standing } from '../assess/standing.js';
import type { AnyFact, Fact } from '../facts/fact.js';
import type { AnyProposal, Proposal, Standpoint } from './ground.js';
import { Refusal } from './refusal.js';

/** What an amendment leads to: a fact as it then reads, to be held against the facts that it stands on. */
export interface Amended {
  proposal: AnyProposal;
  against: readonly AnyFact[];
}

/**
 * A correction or a retraction names a fact of the same dossier that still stands. The fact as corrected, or as restored by
 * the retraction of a retraction, must itself be one that could be recorded. Null where nothing further is to be checked.
 */
export const checkAmendment = (proposal: Proposal<'fact-corrected'> | Proposal<'fact-retracted'>, from: Standpoint): Amended | null => {
  const target = from.facts.find(({ id }) => id === proposal.data.fact);
  if (!target) throw new Refusal('unknown-fact', `${from.iso3}'s dossier holds no fact ${proposal.data.fact}. Its history names the ids.`);
  if (retractedBy(from.facts).has(target.id)) {
    throw new Refusal('fact-already-retracted', 'That fact has been retracted. Record it anew, or retract the retraction.');
  }
  if (proposal.type === 'fact-retracted') {
    checkNotReliedOn(target, from);
    return target.type === 'fact-retracted' ? restored(target, from) : null;
  }
  if (target.type === 'fact-corrected' || target.type === 'fact-retracted') {
    throw new Refusal('cannot-correct-an-amendment', 'A correction is not corrected: correct the fact itself once more, or retract the correction.');
  }
  const { effectiveOn, knownBy, data } = proposal.data;
  if (effectiveOn === undefined && knownBy === undefined && data === undefined && proposal.effectiveOn === null) {
    throw new Refusal('nothing-to-correct', 'Say what is to be corrected: the date (effectiveOn) or the content (data).');
  }
  const correction = { ...proposal, id: '', knownBy: null, knownOn: from.today, recordedAt: '' } as Fact<'fact-corrected'>;
  // Held against what was on record when the fact itself was recorded, as it was then.
  return { proposal: proposalOf(corrected(target, correction)), against: from.facts.slice(0, from.facts.indexOf(target)) };
};

const proposalOf = ({ type, effectiveOn, knownBy, data }: AnyFact): AnyProposal => ({ type, effectiveOn, knownBy, data }) as AnyProposal;

/** Ids of the facts that are retracted as the record stands: read backwards, as a retraction may itself have been retracted. */
const retractedBy = (facts: readonly AnyFact[]): Set<string> => {
  const retracted = new Set<string>();
  for (const fact of [...facts].reverse()) if (fact.type === 'fact-retracted' && !retracted.has(fact.id)) retracted.add(fact.data.fact);
  return retracted;
};

/** What was recorded since may leave no room for the fact that comes back: a second deposit in its place, say. */
const restored = (retraction: Fact<'fact-retracted'>, from: Standpoint): Amended | null => {
  const fact = standing(from.facts.filter((one) => one !== retraction), from.treaty.meetings, from.cut).find(({ id }) => id === retraction.data.fact);
  return fact ? { proposal: proposalOf(fact), against: from.facts } : null;
};

/** A signature under a ratification, a deposit under a withdrawal, a withdrawal under a return goes only after what stands on it. */
const checkNotReliedOn = (target: AnyFact, from: Standpoint): void => {
  const stands = standing(from.facts, from.treaty.meetings, from.cut);
  const own = stands.find(({ id }) => id === target.id);
  const relies = own && stands.find((fact) => {
    switch (own.type) {
      case 'signed':
        return fact.type === 'instrument-deposited' && fact.data.instrument !== 'accession';
      case 'instrument-deposited':
        return fact.type === 'withdrawal-notified';
      case 'withdrawal-notified':
        return fact.type === 'instrument-deposited' && fact.last > own.last;
      default:
        return false;
    }
  });
  if (relies) throw new Refusal('fact-is-relied-on', `Another fact stands on this one (${relies.type}). Retract that first.`);
};
