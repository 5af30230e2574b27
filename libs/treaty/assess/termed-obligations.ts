import type { Day } from '../calendar/day.js';
import { inWords, plus } from '../calendar/day.js';
import type { Cut } from '../facts/fact.js';
import type { ExtensionRule, TermedObligation } from '../rules/treaty-rules.js';
import { type Obligation, firstCounted, MET, isPending, metStatus, type Standpoint, unansweredStatus } from './obligation.js';
import { isOfThisMembership } from './participation.js';
import type { AnyStanding, Standing } from './standing.js';
import { durationInWords } from './in-words.js';
import type { TreatyAt } from './treaty-record.js';

/**
 * An obligation with a term (to destroy stockpiles, to clear areas) and, where the treaty allows extensions, the date by
 * which the next request must be filed. Empty for a State that has nothing of the kind.
 */
export const termedObligation = (rule: TermedObligation, from: Standpoint): Obligation[] => {
  const { facts, participation, treaty, cut } = from;
  // What was asked and granted in a membership that it left gives a State no time in the next; what it finished stays finished.
  const own = facts.filter((fact) => isAbout(fact, rule) && (!fact.type.startsWith('extension-') || isOfThisMembership(fact, participation)));
  const declared = own.findLast((fact) => fact.type === 'obligation-declared');
  const reopened = own.findLast((fact) => fact.type === 'contamination-discovered');
  if ((!declared && !reopened) || participation.depositedOn === null) return [];

  const { dueOn, extended, derivation } = dueDate(rule, declared, own, from);
  const completions = completionsSince(own, reopened?.last ?? null);
  const [met] = completions;
  const obligation: Obligation = {
    article: rule.article, kind: rule.kind, theme: rule.theme, citation: rule.citation, dueOn, status: 'pending', extended, derivation,
  };
  if (foundNotToExist(own)) return [{ ...obligation, status: 'not-owed' }];

  const request = pendingRequest(own);
  const gone = participation.status === 'withdrawn';
  if (met) Object.assign(obligation, { status: metStatus(met, dueOn), metBy: met.id, metOn: met.last, metKnownOn: firstCounted(completions) });
  else if (gone) obligation.status = 'ended';
  else if (dueOn === null || isPending(dueOn, cut.asAt)) obligation.status = 'pending';
  else obligation.status = request ? 'decision-pending' : unansweredStatus(rule.kind, dueOn, cut.asAt, treaty.coverage);

  return rule.extension ? [obligation, filingOf(rule, rule.extension, obligation, request, from)] : [obligation];
};

const isAbout = (fact: AnyStanding, rule: TermedObligation): boolean =>
  'article' in fact.data ? fact.data.article === rule.article : fact.type === 'no-stockpile-confirmed' && rule.kind === 'stockpile-destruction';

const dueDate = (rule: TermedObligation, declared: Standing<'obligation-declared'> | undefined, own: readonly AnyStanding[], { participation, explain }: Standpoint) => {
  const derivation: string[] = [];
  const because = (step: () => string): void => {
    if (explain) derivation.push(step());
  };
  const hostilitiesEndedOn = rule.laterTerm && declared?.data.hostilitiesEndedOn;
  const from = hostilitiesEndedOn ?? participation.inForceOn;
  let dueOn = from && plus(from, rule.term);
  if (hostilitiesEndedOn) because(() => `active hostilities ended ${inWords(hostilitiesEndedOn)}`);
  else participation.derivation.forEach((step) => because(() => step));
  if (dueOn) because(() => `+ ${durationInWords(rule.term)} = ${inWords(dueOn as Day)} (${hostilitiesEndedOn ? rule.laterTerm?.citation : rule.citation})`);
  let extended = false;
  for (const fact of own) {
    if (fact.type !== 'extension-granted') continue;
    dueOn = fact.data.until ?? (dueOn && plus(dueOn, { months: fact.data.months ?? 0 }));
    extended = true;
    because(() => grantInWords(rule, fact, dueOn));
  }
  return { dueOn, extended, derivation };
};

const grantInWords = (rule: TermedObligation, { data: { months, meeting, mode } }: Standing<'extension-granted'>, dueOn: Day | null): string => {
  const by = mode === 'silence' ? `by silence procedure for ${meeting}` : `by ${meeting}`;
  return `+ ${months === undefined ? 'time' : durationInWords({ months })} granted ${by} = ${dueOn ? inWords(dueOn) : 'not yet known'} (${rule.extension?.citation ?? rule.citation})`;
};

/** Completions that no later discovery has undone, in the order in which they count; the first is what met the obligation. */
const completionsSince = (own: readonly AnyStanding[], reopenedOn: Day | null): AnyStanding[] =>
  own.filter((fact) => (fact.type === 'obligation-completed' || fact.type === 'completion-declared') && (reopenedOn === null || fact.last > reopenedOn));

/** A finding that there was never anything to destroy or clear holds until something is declared or discovered after it. */
const foundNotToExist = (own: readonly AnyStanding[]): boolean => {
  const finding = own.findLast((fact) => fact.type === 'no-stockpile-confirmed' || fact.type === 'obligation-found-not-to-exist');
  if (!finding) return false;
  return !own.some((fact) => (fact.type === 'obligation-declared' || fact.type === 'contamination-discovered') && fact.last > finding.last);
};

/** The newest request that no grant, refusal or withdrawal has answered; each of these answers all requests before it. */
const pendingRequest = (own: readonly AnyStanding[]): AnyStanding | undefined => {
  let request: AnyStanding | undefined;
  for (const fact of own) {
    if (fact.type === 'extension-requested') request = fact;
    else if (fact.type === 'extension-granted' || fact.type === 'extension-refused' || fact.type === 'extension-request-withdrawn') request = undefined;
  }
  return request;
};

/**
 * The filing of a request for more time: due some months before the last meeting that starts before the due date, as far
 * as a meeting near enough to it is known.
 */
const filingOf = (rule: TermedObligation, extension: ExtensionRule, obligation: Obligation, request: AnyStanding | undefined, { treaty, cut, explain }: Standpoint): Obligation => {
  const { filing } = extension;
  const meeting = obligation.dueOn ? lastMeetingBefore(obligation.dueOn, filing.meetingWithinMonths, treaty, cut) : undefined;
  const dueOn = meeting ? plus(meeting.start, { months: -filing.monthsBeforeMeeting }) : null;
  const derivation = [...obligation.derivation];
  if (explain && meeting && dueOn) {
    derivation.push(`${meeting.id}, the last meeting before that, starts ${inWords(meeting.start)}`, `− ${filing.monthsBeforeMeeting} months = ${inWords(dueOn)} (${filing.citation})`);
  } else if (explain) derivation.push('no meeting in the twelve months before that is known yet');
  let status: Obligation['status'] = isPending(dueOn, cut.asAt) ? 'pending' : 'lapsed';
  if (obligation.status === 'ended') status = 'ended';
  if (MET.has(obligation.status) || request) status = 'met';
  return {
    article: rule.article, kind: 'extension-request', theme: rule.theme, citation: filing.citation, dueOn, status, extended: false, derivation,
    ...(request && !MET.has(obligation.status) ? { metBy: request.id, metOn: request.last, metKnownOn: firstCounted([request]) } : {}),
  };
};

const lastMeetingBefore = (dueOn: Day, withinMonths: number, treaty: TreatyAt, cut: Cut) => {
  const notBefore = plus(dueOn, { months: -withinMonths });
  let last: TreatyAt['meetings'][number] | undefined;
  for (const meeting of treaty.meetings) {
    if (meeting.knownOn > cut.knownOn || meeting.start >= dueOn || meeting.start < notBefore) continue;
    if (!last || meeting.start > last.start) last = meeting;
  }
  return last;
};
