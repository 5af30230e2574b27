import type { FactType } from '../facts/fact-data.js';
import type { Obligation } from '../assess/obligation.js';
import type { Proposal, Standpoint } from './ground.js';
import { Refusal } from './refusal.js';

type ObligationFact = { [T in FactType]: Proposal<T> }[
  | 'obligation-declared' | 'obligation-completed' | 'completion-declared' | 'initial-completion-declared' | 'further-stock-found'
  | 'contamination-discovered' | 'no-stockpile-confirmed' | 'obligation-found-not-to-exist' | 'work-plan-submitted' | 'progress-reported'
  | 'assistance-requested' | 'assistance-provided' | 'assistance-received'];

/** Completion may come before the obligation, the deposit, even the adoption; not for what the State never had. */
export const checkObligation = (proposal: ObligationFact, from: Standpoint): void => {
  if (proposal.type === 'no-stockpile-confirmed') {
    if (!from.rules.obligations.some(({ kind }) => kind === 'stockpile-destruction')) throw new Refusal('unknown-article', `The ${from.rules.title} knows no obligation to destroy stockpiles.`);
    return;
  }
  const { article } = proposal.data;
  checkArticle(article, from);
  const obligation = obligationUnder(article, from);
  switch (proposal.type) {
    case 'obligation-declared':
      if (obligation && obligation.status !== 'not-owed' && proposal.data.hostilitiesEndedOn === undefined) {
        throw new Refusal('obligation-already-declared', `${from.iso3}'s obligation under Article ${article} is on record. Correct that fact if it is wrong.`, obligation.citation);
      }
      return;
    case 'obligation-completed':
    case 'completion-declared':
    case 'initial-completion-declared':
      if (obligation?.status === 'not-owed') {
        throw new Refusal('obligation-not-owed', `${from.iso3} was found to have nothing to do under Article ${article}. Retract that finding first, if it is wrong.`, obligation.citation);
      }
      checkHasTerm(article, from);
      return;
    case 'contamination-discovered':
    case 'further-stock-found':
      return checkHasTerm(article, from);
    case 'obligation-found-not-to-exist':
    case 'work-plan-submitted':
    case 'progress-reported':
    case 'assistance-requested':
    case 'assistance-provided':
    case 'assistance-received':
      return;
  }
};

export const obligationUnder = (article: number, { state }: Standpoint): Obligation | undefined =>
  state.obligations.find((one) => one.article === article && !one.kind.endsWith('-report') && one.kind !== 'extension-request');

const checkArticle = (article: number, { rules }: Standpoint): void => {
  const known = [...rules.obligations, ...rules.undertakings].map((one) => one.article);
  if (known.includes(article)) return;
  throw new Refusal('unknown-article', `Article ${article} of the ${rules.title} is not one that States have such an obligation under; those are ${known.join(', ')}.`);
};

const checkHasTerm = (article: number, { rules }: Standpoint): void => {
  if (rules.obligations.some((one) => one.article === article)) return;
  throw new Refusal('unknown-article', `Article ${article} has no deadline and so no completion; the articles with one are ${rules.obligations.map((one) => one.article).join(', ')}.`);
};
