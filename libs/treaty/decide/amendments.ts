import { corrected, standing } from '../assess/standing.js';
import type { Fact } from '../facts/fact.js';
import type { AnyProposal, Proposal, Standpoint } from './ground.js';
import { Refusal } from './refusal.js';

/**
 * A correction or a retraction names a fact of the same dossier that still stands. Answers the fact as corrected, which
 * must itself be one that could have been recorded.
 */
export const checkAmendment = (proposal: Proposal<'fact-corrected'> | Proposal<'fact-retracted'>, from: Standpoint): AnyProposal | null => {
  const target = from.facts.find(({ id }) => id === proposal.data.fact);
  if (!target) throw new Refusal('unknown-fact', `${from.iso3}'s dossier holds no fact ${proposal.data.fact}.`);
  const amendsAmendment = target.type === 'fact-corrected' || target.type === 'fact-retracted';
  const retracted = from.facts.some((fact) => fact.type === 'fact-retracted' && fact.data.fact === target.id && !isRetracted(fact.id, from));
  if (retracted) throw new Refusal('fact-already-retracted', 'That fact has been retracted. Record it anew, or retract the retraction.');
  if (proposal.type === 'fact-retracted') {
    checkNotReliedOn(proposal, from);
    return null;
  }
  if (amendsAmendment) throw new Refusal('cannot-correct-an-amendment', 'A correction is not corrected: correct the fact itself once more, or retract the correction.');
  const { effectiveOn, knownBy, data } = proposal.data;
  if (effectiveOn === undefined && knownBy === undefined && data === undefined && proposal.effectiveOn === null) {
    throw new Refusal('nothing-to-correct', 'Say what is to be corrected: the date (effectiveOn) or the content (data).');
  }
  const correction = { ...proposal, id: '', knownBy: null, knownOn: from.today, recordedAt: '' } as Fact<'fact-corrected'>;
  const { type, ...fact } = corrected(target, correction);
  return { type, effectiveOn: fact.effectiveOn, knownBy: fact.knownBy, data: fact.data } as AnyProposal;
};

const isRetracted = (id: string, { facts }: Standpoint): boolean => facts.some((fact) => fact.type === 'fact-retracted' && fact.data.fact === id);

/** A signature under a ratification, or a deposit under a withdrawal, goes only after what stands on it. */
const checkNotReliedOn = (proposal: Proposal<'fact-retracted'>, from: Standpoint): void => {
  const target = from.facts.find(({ id }) => id === proposal.data.fact);
  const standingFacts = standing(from.facts, from.treaty.meetings, from.cut);
  const relies = standingFacts.find((fact) =>
    target?.type === 'signed'
      ? fact.type === 'instrument-deposited' && fact.data.instrument !== 'accession'
      : target?.type === 'instrument-deposited' && fact.type === 'withdrawal-notified',
  );
  if (relies) throw new Refusal('fact-is-relied-on', `Another fact stands on this one (${relies.type}). Retract that first.`);
};
