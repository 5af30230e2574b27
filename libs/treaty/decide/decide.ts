import { type Day, earlier } from '../calendar/day.js';
import type { AnyProposal, Ground, Standpoint } from './ground.js';
import { standpoint } from './ground.js';
import { checkDates } from './dates.js';
import { checkAmendment } from './amendments.js';
import { checkExtension } from './extensions.js';
import { checkObligation } from './obligations.js';
import { checkParticipation } from './participation.js';
import { checkReport, completeReport } from './reports.js';

/** What is to be recorded, and what the registrar should know about it. */
export interface Decision {
  fact: AnyProposal & { knownBy: Day | null; knownOn: Day };
  /** Oddities that are no reason to refuse: `filed-late`. */
  flags: string[];
}

/**
 * Whether a fact may be recorded, and exactly as what. Pure; throws a {@link Refusal} that says why not.
 * What the real record holds is never refused: States do file late, and finish before they are bound.
 */
export const decide = (proposal: AnyProposal, ground: Ground): Decision => {
  checkDates(proposal, ground);
  const from = standpoint(proposal, ground);
  const complete = completeReport(proposal, from);
  const flags = check(complete, from);
  return { fact: { ...complete, knownBy: complete.knownBy ?? null, knownOn: knownOn(complete, from) }, flags };
};

/** The rules of each kind of fact; what is left at the end has no rule but that its dates make sense. */
const check = (proposal: AnyProposal, from: Standpoint): string[] => {
  switch (proposal.type) {
    case 'signed':
    case 'instrument-deposited':
    case 'provisional-application-declared':
    case 'withdrawal-notified':
      checkParticipation(proposal, from);
      return [];
    case 'obligation-declared':
    case 'obligation-completed':
    case 'completion-declared':
    case 'initial-completion-declared':
    case 'further-stock-found':
    case 'contamination-discovered':
    case 'no-stockpile-confirmed':
    case 'obligation-found-not-to-exist':
    case 'work-plan-submitted':
    case 'progress-reported':
    case 'assistance-requested':
    case 'assistance-provided':
    case 'assistance-received':
      checkObligation(proposal, from);
      return [];
    case 'extension-requested':
    case 'extension-request-revised':
    case 'extension-request-analysed':
    case 'extension-request-withdrawn':
    case 'extension-granted':
    case 'extension-refused':
      return checkExtension(proposal, from);
    case 'report-submitted':
    case 'report-corrected':
      checkReport(proposal, from);
      return [];
    case 'fact-corrected':
    case 'fact-retracted': {
      const amended = checkAmendment(proposal, from);
      if (amended) decide(amended.proposal, { ...from, facts: amended.against });
      return [];
    }
    case 'national-measures-reported':
    case 'victim-assistance-reported':
    case 'retention-reported':
    case 'coalition-launched':
    case 'coalition-concluded':
    case 'focal-point-designated':
    case 'focal-point-stood-down':
    case 'discrepancy-noted':
    case 'remark-made':
      return [];
  }
};

/** A declared obligation without a date is known from the deposit; anything else known "from its own date", from its last possible day. */
const knownOn = (proposal: AnyProposal, from: Standpoint): Day => {
  if (proposal.knownOn !== undefined && proposal.knownOn !== 'own') return proposal.knownOn;
  if (proposal.type === 'obligation-declared' && proposal.effectiveOn === null) return from.state.participation.depositedOn ?? from.today;
  // A coarse date whose period is still running is known today all the same.
  return proposal.knownOn === 'own' ? earlier(from.last, from.today) : from.today;
};
