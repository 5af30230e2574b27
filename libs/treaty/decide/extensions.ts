import { inWords, plus } from '../calendar/day.js';
import type { Day } from '../calendar/day.js';
import type { FactType } from '../facts/fact-data.js';
import type { AnyStanding } from '../assess/standing.js';
import type { Obligation } from '../assess/obligation.js';
import { MET } from '../assess/obligation.js';
import { isOfThisMembership } from '../assess/participation.js';
import type { ExtensionRule } from '../rules/treaty-rules.js';
import type { Proposal, Standpoint } from './ground.js';
import { obligationUnder } from './obligations.js';
import { Refusal } from './refusal.js';

type ExtensionFact = { [T in FactType]: Proposal<T> }[
  | 'extension-requested' | 'extension-request-revised' | 'extension-request-analysed' | 'extension-request-withdrawn'
  | 'extension-granted' | 'extension-refused'];

/** Requests for more time and what is decided on them. Answers what is odd but true: a request that was filed late. */
export const checkExtension = (proposal: ExtensionFact, from: Standpoint): string[] => {
  const { article } = proposal.data;
  const { extension, obligation } = extensible(article, from);
  if ('meeting' in proposal.data && proposal.data.meeting !== undefined) meetingNamed(proposal.data.meeting, from);
  if ('months' in proposal.data || 'until' in proposal.data) checkLength(proposal.data, extension, obligation);
  switch (proposal.type) {
    case 'extension-requested':
      return isLate(proposal, extension, from) ? ['filed-late'] : [];
    case 'extension-granted':
      if (proposal.data.months === undefined && proposal.data.until === undefined) {
        throw new Refusal('grant-without-length', 'Say how many months were granted (months), or until which day (until).', extension.citation);
      }
      checkDecision(proposal, from);
      return [];
    case 'extension-refused':
      checkDecision(proposal, from);
      return [];
    case 'extension-request-revised':
    case 'extension-request-analysed':
    case 'extension-request-withdrawn':
      requestBefore(article, from);
      return [];
  }
};

const extensible = (article: number, from: Standpoint): { extension: ExtensionRule; obligation: Obligation } => {
  const rule = from.rules.obligations.find((one) => one.article === article);
  if (!rule?.extension) throw new Refusal('article-has-no-extension', `No deadline under Article ${article} can be extended; those that can are under ${from.rules.obligations.flatMap((one) => (one.extension ? [`Article ${one.article}`] : [])).join(' and ') || 'no article'}.`, rule?.citation);
  const obligation = obligationUnder(article, from);
  if (!obligation || obligation.status === 'not-owed' || (obligation.status === 'ended' && isAfter(from.state.participation.withdrawalTakesEffectOn, from))) {
    throw new Refusal('no-such-obligation', `${from.iso3} has no obligation under Article ${article} to extend. Record the obligation first (obligation-declared).`, rule.citation);
  }
  if (MET.has(obligation.status) && isAfter(obligation.metOn ?? null, from)) {
    throw new Refusal('obligation-already-met', `${from.iso3} met its obligation under Article ${article} on ${inWords(obligation.metOn as Day)}; there is nothing to extend. Correct that fact if it is wrong.`, rule.citation);
  }
  return { extension: rule.extension, obligation };
};

/** A request or a decision that is found later may have come before the end: only what cannot have is out of place. */
const isAfter = (end: Day | null, { first }: Standpoint): boolean => end !== null && first !== null && first >= end;

const meetingNamed = (id: string, { treaty }: Standpoint) => {
  const meeting = treaty.meetings.find((one) => one.id === id);
  if (!meeting) throw new Refusal('unknown-meeting', `There is no dated meeting ${id} on record. Record its dates first.`);
  return meeting;
};

const checkLength = ({ months, until }: { months?: number; until?: Day }, extension: ExtensionRule, obligation: Obligation): void => {
  if (months !== undefined && months > extension.mostMonths) {
    throw new Refusal('extension-too-long', `${months} months are more than the ${extension.mostMonths} that the article allows at a time. Record each decision by itself.`, extension.citation);
  }
  const latest = obligation.dueOn && plus(obligation.dueOn, { months: extension.mostMonths });
  if (until !== undefined && latest && until > latest) {
    throw new Refusal('extension-too-long', `${inWords(until)} is later than the article allows: at most ${extension.mostMonths} months from ${inWords(obligation.dueOn as Day)}, that is ${inWords(latest)}. Check the day.`, extension.citation);
  }
};

/** A request comes some months before the meeting that is to consider it. Late ones are dealt with all the same. */
const isLate = (proposal: Proposal<'extension-requested'>, { filing }: ExtensionRule, from: Standpoint): boolean => {
  const named = proposal.data.meeting === undefined ? undefined : meetingNamed(proposal.data.meeting, from);
  const due = named
    ? plus(named.start, { months: -filing.monthsBeforeMeeting })
    : from.state.obligations.find((one) => one.kind === 'extension-request' && one.article === proposal.data.article)?.dueOn;
  return Boolean(due && from.last > due);
};

const checkDecision = (proposal: Proposal<'extension-granted'> | Proposal<'extension-refused'>, from: Standpoint): void => {
  const meeting = meetingNamed(proposal.data.meeting, from);
  if (proposal.data.mode === 'meeting' && meeting.start > from.last) {
    throw new Refusal('meeting-not-held', `${meeting.id} begins on ${inWords(meeting.start)}, after this decision. If it was taken by silence procedure, say so (mode: silence).`);
  }
  requestBefore(proposal.data.article, from);
};

/**
 * There must be a request that no earlier decision has answered. Where an earlier decision's day is not known, it may
 * have come before the request, and the request may still be open.
 */
const requestBefore = (article: number, { state, last, iso3 }: Standpoint): void => {
  const own = state.facts.filter((fact) => 'article' in fact.data && fact.data.article === article && fact.last <= last && isOfThisMembership(fact, state.participation));
  const decided = own.findLast((fact) => fact.type === 'extension-granted' || fact.type === 'extension-refused' || fact.type === 'extension-request-withdrawn');
  const mayBeOpen = (request: AnyStanding): boolean => !decided || request.last > (decided.first ?? '');
  if (own.some((fact) => fact.type === 'extension-requested' && mayBeOpen(fact))) return;
  throw new Refusal('no-request-to-decide', `There is no open request of ${iso3} under Article ${article}. Record the request first.`);
};
