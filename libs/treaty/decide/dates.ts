import { type CoarseDate, inWords, isCoarseDate, isDay, periodOf } from '../calendar/day.js';
import type { FactType } from '../facts/fact-data.js';
import type { AnyProposal, Ground } from './ground.js';
import { Refusal } from './refusal.js';

/** What cannot have happened before there was a treaty. Stocks, by contrast, were destroyed before. */
const NOT_BEFORE_ADOPTION: ReadonlySet<FactType> = new Set<FactType>([
  'signed', 'instrument-deposited', 'provisional-application-declared', 'withdrawal-notified', 'extension-requested', 'extension-request-revised',
  'extension-request-analysed', 'extension-request-withdrawn', 'extension-granted', 'extension-refused', 'report-submitted', 'report-corrected',
]);

/** What may stand without a date: an undated declaration counts from the deposit, an amendment from when it is known. */
const MAY_BE_UNDATED: ReadonlySet<FactType> = new Set<FactType>(['obligation-declared', 'fact-corrected', 'fact-retracted']);

/** Comes first: nothing can be worked out from a date that does not exist. */
export const checkDates = (proposal: AnyProposal, from: Pick<Ground, 'today' | 'rules'>): void => {
  const { effectiveOn, knownBy, knownOn, type } = proposal;
  checkDatesOf(effectiveOn, knownBy ?? null, type, from);
  checkDaysWithin(proposal.data);
  if (effectiveOn === null && (knownBy ?? null) === null && !MAY_BE_UNDATED.has(type)) {
    throw new Refusal('date-missing', 'Say on which date it happened (effectiveOn), or by which day it is known to have happened (knownBy).');
  }
  if (knownOn === undefined || knownOn === 'own') return;
  if (!isDay(knownOn)) throw new Refusal('invalid-date', `knownOn must be a day that exists, such as 2019-05-01; it is ${knownOn}.`);
  if (knownOn > from.today) throw new Refusal('date-in-the-future', `knownOn is ${inWords(knownOn)}, which lies in the future. Leave it out if it became known today.`);
  if (effectiveOn !== null && knownOn < periodOf(effectiveOn).first && type !== 'fact-corrected' && type !== 'fact-retracted') {
    throw new Refusal('known-before-it-happened', `It cannot have been known on ${inWords(knownOn)}, before it happened (${inWords(effectiveOn)}). Check both dates.`);
  }
};

/** Days that a fact speaks of beside its own; they may lie ahead. */
const checkDaysWithin = (data: AnyProposal['data']): void => {
  for (const [name, day] of Object.entries(data as { until?: string; takesEffectOn?: string; hostilitiesEndedOn?: string })) {
    if (!DAYS_WITHIN.has(name) || day === undefined || isDay(day)) continue;
    throw new Refusal('invalid-date', `${name} must be a day that exists, such as 2019-05-01; it is ${day}.`);
  }
};
const DAYS_WITHIN: ReadonlySet<string> = new Set(['until', 'takesEffectOn', 'hostilitiesEndedOn']);

/** The dates of a fact by themselves. */
const checkDatesOf = (effectiveOn: CoarseDate | null, knownBy: CoarseDate | null, type: FactType, { today, rules }: Pick<Ground, 'today' | 'rules'>): void => {
  if (effectiveOn !== null) {
    if (!isCoarseDate(effectiveOn)) throw new Refusal('invalid-date', `effectiveOn must be a date that exists, such as 2019-05-01, 2019-05 or 2019; it is ${effectiveOn}.`);
    const { first, last } = periodOf(effectiveOn);
    if (first > today) throw new Refusal('date-in-the-future', `${inWords(effectiveOn)} lies in the future. Record it when it has happened.`);
    if (last < rules.adoptedOn && NOT_BEFORE_ADOPTION.has(type)) {
      throw new Refusal('before-adoption', `${inWords(effectiveOn)} is before the treaty was adopted on ${inWords(rules.adoptedOn)}. Check the date.`);
    }
  }
  if (knownBy === null) return;
  if (!isDay(knownBy)) throw new Refusal('invalid-date', `knownBy must be a day that exists, such as 2019-05-01; it is ${knownBy}.`);
  if (knownBy > today) throw new Refusal('date-in-the-future', `knownBy is ${inWords(knownBy)}, which lies in the future. Record it when it has happened.`);
  if (effectiveOn !== null && knownBy < periodOf(effectiveOn).first) {
    throw new Refusal('known-before-it-happened', `It cannot be known to have happened by ${inWords(knownBy)} if it happened in ${inWords(effectiveOn)}. Check both dates.`);
  }
};
