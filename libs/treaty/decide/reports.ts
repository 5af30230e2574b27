import { inWords, plus, yearOf } from '../calendar/day.js';
import { isOfThisMembership } from '../assess/participation.js';
import { annualDate, firstAnnualDate } from '../assess/reports.js';
import type { AnyProposal, Proposal, Standpoint } from './ground.js';
import { Refusal } from './refusal.js';

/** A report that does not say which years it covers covers the year before its submission. */
export const completeReport = (proposal: AnyProposal, from: Standpoint): AnyProposal => {
  if (proposal.type !== 'report-submitted' || proposal.data.years.length > 0 || proposal.data.kind === 'initial') return proposal;
  return { ...proposal, data: { ...proposal.data, years: [yearOf(proposal.effectiveOn ?? from.last) - 1] } };
};

export const checkReport = (proposal: Proposal<'report-submitted'> | Proposal<'report-corrected'>, from: Standpoint): void => {
  checkYears(proposal.data.years, from);
  if (proposal.type === 'report-corrected' || proposal.data.kind === 'voluntary') return;
  checkConsented(from);
  if (proposal.data.kind === 'initial') checkInitial(proposal, from);
  else proposal.data.years.forEach((year) => checkYearOwed(year, from));
};

const checkYears = (years: readonly number[], { last }: Standpoint): void => {
  const ahead = years.find((year) => year > yearOf(last));
  if (ahead !== undefined) throw new Refusal('report-for-the-future', `A report of ${inWords(last)} cannot cover ${ahead}. Check the years.`);
};

const checkConsented = ({ iso3, state, last, rules }: Standpoint): void => {
  const { depositedOn } = state.participation;
  if (depositedOn && depositedOn <= last) return;
  throw new Refusal('no-deposit', `${iso3} had not consented to be bound by ${inWords(last)} and owed no report. Record it as voluntary.`, `Art. ${rules.reports.article}`);
};

const checkInitial = ({ data }: Proposal<'report-submitted'>, { iso3, state, rules }: Standpoint): void => {
  const { citation } = rules.reports.initial;
  if (data.form === 'cover') throw new Refusal('cover-page-as-initial-report', 'The initial report must be a full one; a cover page can only replace an annual report. Record it with form: full, or as annual.', citation);
  const earlier = state.facts.find((fact) => fact.type === 'report-submitted' && fact.data.kind === 'initial' && isOfThisMembership(fact, state.participation));
  if (earlier) throw new Refusal('initial-report-already-submitted', `${iso3} submitted its initial report on ${inWords(earlier.effectiveOn ?? earlier.last)}. Record this one as annual or voluntary.`, citation);
};

const checkYearOwed = (year: number, { iso3, state, rules }: Standpoint): void => {
  const { inForceOn, status, withdrawalTakesEffectOn } = state.participation;
  const first = inForceOn === null ? null : yearOf(firstAnnualDate(rules, plus(inForceOn, rules.reports.initial.term))) - 1;
  const ended = status === 'withdrawn' && withdrawalTakesEffectOn !== null && annualDate(rules, year + 1) >= withdrawalTakesEffectOn;
  if (first !== null && year >= first && !ended) return;
  const why = first === null ? 'the treaty is not in force for it yet' : ended ? 'it has withdrawn' : `its first annual report covers ${first}`;
  throw new Refusal('report-year-not-owed', `${iso3} owes no annual report for ${year}: ${why}. Record it as voluntary.`, rules.reports.annual.citation);
};
