import type { Day } from '../calendar/day.js';
import { inWords, plus, yearOf } from '../calendar/day.js';
import type { TreatyRules } from '../rules/treaty-rules.js';
import { durationInWords } from './in-words.js';
import { type Obligation, firstCounted, isPending, metStatus, type Standpoint, unansweredStatus } from './obligation.js';
import { isOfThisMembership } from './participation.js';
import type { Standing } from './standing.js';

/**
 * The initial report of a State, then its annual ones: those due by `asAt` and the next. While entry into force is not
 * known only the initial one is listed, without a due date.
 */
export const reportObligations = (from: Standpoint): Obligation[] => {
  const { rules, facts, participation, cut, explain } = from;
  if (participation.depositedOn === null) return [];
  const reports = facts.filter((fact) => fact.type === 'report-submitted');
  const initialDue = participation.inForceOn && plus(participation.inForceOn, rules.reports.initial.term);
  const initial = answered('initial-report', initialDue, reports.filter((report) => report.data.kind === 'initial' && isOfThisMembership(report, participation)), from);
  initial.citation = rules.reports.initial.citation;
  if (explain) initial.derivation = [...participation.derivation];
  if (!initialDue) return [initial];
  if (explain) initial.derivation.push(`+ ${durationInWords(rules.reports.initial.term)} = ${inWords(initialDue)} (${rules.reports.initial.citation})`);

  const obligations = [initial];
  for (const dueOn of annualDatesUntil(rules, initialDue, cut.asAt)) {
    const gone = participation.status === 'withdrawn' ? participation.withdrawalTakesEffectOn : null;
    if (gone !== null && dueOn >= gone) break;
    const year = yearOf(dueOn) - 1;
    const annual = answered('annual-report', dueOn, reports.filter((report) => report.data.kind === 'annual' && report.data.years.includes(year)), from);
    annual.year = year;
    if (explain) {
      annual.derivation = [
        `initial report due ${inWords(initialDue)} (${rules.reports.initial.citation})`,
        `report for ${year} due ${inWords(dueOn)} (${rules.reports.annual.citation})`,
      ];
    }
    obligations.push(annual);
  }
  return obligations;
};

/** First annual date after the initial report's due date (a policy: the text is silent). */
export const firstAnnualDate = (rules: TreatyRules, initialDue: Day): Day => {
  const date = annualDate(rules, yearOf(initialDue));
  return date > initialDue ? date : annualDate(rules, yearOf(initialDue) + 1);
};

/** Day of a year on which the report for the year before is due. */
export const annualDate = (rules: TreatyRules, year: number): Day => {
  const known = annualDates.get(rules) ?? new Map<number, Day>();
  annualDates.set(rules, known);
  const { month, day } = rules.reports.annual;
  const date = known.get(year) ?? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  known.set(year, date);
  return date;
};

/** A board asks for the same few dates some thousand times. */
const annualDates = new WeakMap<TreatyRules, Map<number, Day>>();

/** Those due by a day, and the next. */
const annualDatesUntil = (rules: TreatyRules, initialDue: Day, asAt: Day): Day[] => {
  const dates = [firstAnnualDate(rules, initialDue)];
  while ((dates.at(-1) as Day) <= asAt) dates.push(annualDate(rules, yearOf(dates.at(-1) as Day) + 1));
  return dates;
};

const answered = (kind: 'initial-report' | 'annual-report', dueOn: Day | null, reports: readonly Standing<'report-submitted'>[], from: Standpoint): Obligation => {
  const { rules, participation, treaty, cut } = from;
  const { article, theme } = rules.reports;
  const obligation: Obligation = { article, kind, theme, citation: rules.reports.annual.citation, dueOn, status: 'pending', extended: false, derivation: [] };
  const [report] = reports;
  if (report) Object.assign(obligation, { status: metStatus(report, dueOn), metBy: report.id, metOn: report.last, metKnownOn: firstCounted(reports) });
  else if (participation.status === 'withdrawn') obligation.status = 'ended';
  else if (dueOn !== null && !isPending(dueOn, cut.asAt)) obligation.status = unansweredStatus(kind, dueOn, cut.asAt, treaty.coverage);
  return obligation;
};
