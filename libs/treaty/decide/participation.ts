import { isOfThisMembership } from '../assess/participation.js';
import { inWords } from '../calendar/day.js';
import type { FactType } from '../facts/fact-data.js';
import type { Proposal, Standpoint } from './ground.js';
import { Refusal } from './refusal.js';

type ParticipationFact = { [T in FactType]: Proposal<T> }['signed' | 'instrument-deposited' | 'provisional-application-declared' | 'withdrawal-notified'];

/** Signing, depositing, applying provisionally and leaving: who may, and in which order. */
export const checkParticipation = (proposal: ParticipationFact, from: Standpoint): void => {
  switch (proposal.type) {
    case 'signed':
      return checkSignature(from);
    case 'instrument-deposited':
      return checkDeposit(proposal, from);
    case 'provisional-application-declared':
      return checkProvisional(from);
    case 'withdrawal-notified':
      return checkWithdrawal(from);
  }
};

const checkSignature = ({ iso3, rules, state, treaty, last }: Standpoint): void => {
  const { signedOn, depositedOn } = state.participation;
  if (signedOn) throw new Refusal('already-signed', `${iso3} signed on ${inWords(signedOn)}. Correct that fact if its date is wrong.`);
  if (depositedOn) throw new Refusal('instrument-already-deposited', `${iso3} deposited its instrument on ${inWords(depositedOn)} and has no need to sign. Correct that fact if its date is wrong.`);
  if (last < rules.openedForSignatureOn) {
    throw new Refusal('not-open-for-signature', `The treaty was opened for signature on ${inWords(rules.openedForSignatureOn)}. Check the date.`);
  }
  const closes = rules.signatureClosesAtEntryIntoForce;
  if (closes && treaty.entryIntoForceOn && last >= treaty.entryIntoForceOn) {
    throw new Refusal('signature-closed', `Signature closed when the treaty entered into force on ${inWords(treaty.entryIntoForceOn)}. A State that has not signed accedes.`, closes.citation);
  }
};

const checkDeposit = ({ data: { instrument } }: Proposal<'instrument-deposited'>, { iso3, state, last, rules }: Standpoint): void => {
  const { signedOn, depositedOn, status, withdrawalTakesEffectOn } = state.participation;
  const returns = status === 'withdrawn' && withdrawalTakesEffectOn !== null && withdrawalTakesEffectOn <= last;
  if (depositedOn && !returns) {
    throw new Refusal('instrument-already-deposited', `${iso3} deposited its instrument on ${inWords(depositedOn)}. Correct that fact if its date is wrong.`, rules.entryIntoForce.later.citation);
  }
  if (instrument === 'accession') {
    if (signedOn && !returns) throw new Refusal('signatory-cannot-accede', `${iso3} signed on ${inWords(signedOn)}: it ratifies, accepts or approves. Only a State that has not signed accedes.`);
    return;
  }
  if (returns || !signedOn) {
    throw new Refusal('not-signed', `${iso3} ${returns ? 'has withdrawn' : 'has not signed'}, so it cannot deposit an instrument of ${instrument}. Record an accession instead.`);
  }
  if (signedOn > last) throw new Refusal('deposited-before-signing', `${iso3} signed on ${inWords(signedOn)}, after this deposit. Check the date, or correct that of the signature.`);
};

const checkProvisional = ({ iso3, state, last }: Standpoint): void => {
  const { depositedOn, inForceOn } = state.participation;
  if (state.facts.some((fact) => fact.type === 'provisional-application-declared' && isOfThisMembership(fact, state.participation))) {
    throw new Refusal('provisional-application-already-declared', `${iso3} has already declared provisional application. Correct that fact if its date is wrong.`);
  }
  if (!depositedOn || depositedOn > last) throw new Refusal('no-deposit', `${iso3} has not deposited an instrument by then; provisional application is declared with it. Record the deposit first.`, 'Art. 18');
  if (inForceOn && inForceOn <= last) throw new Refusal('already-in-force', `The treaty has been in force for ${iso3} since ${inWords(inForceOn)}; there is nothing to apply provisionally. Check the date.`, 'Art. 18');
};

const checkWithdrawal = ({ iso3, state, last, rules }: Standpoint): void => {
  const { inForceOn, withdrawalNotifiedOn } = state.participation;
  if (withdrawalNotifiedOn) throw new Refusal('withdrawal-already-notified', `${iso3} notified its withdrawal on ${inWords(withdrawalNotifiedOn)}. Correct that fact if its date is wrong.`, rules.withdrawal.citation);
  if (!inForceOn || inForceOn > last) {
    throw new Refusal('not-bound', `${iso3} is not bound on ${inWords(last)}${inForceOn ? ` (in force for it on ${inWords(inForceOn)})` : ''}; only a State Party can withdraw. Check the date.`, rules.withdrawal.citation);
  }
};
