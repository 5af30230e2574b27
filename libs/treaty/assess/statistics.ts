import type { Day } from '../calendar/day.js';
import { yearOf } from '../calendar/day.js';
import { MET } from './obligation.js';
import type { AssessedState } from './tally.js';

/** One calendar year of a treaty: who joined, what was due and what came, what was finished and what was extended. */
export interface YearStatistics {
  year: number;
  signed: string[];
  /** Deposited their instrument in the year. */
  joined: string[];
  enteredIntoForceFor: string[];
  withdrew: string[];
  reports: { initial: ReportStatistics; annual: ReportStatistics };
  completions: { iso3: string; article: number; kind: string; on: Day; status: string }[];
  extensions: {
    requested: { iso3: string; article: number; months: number | null }[];
    granted: { iso3: string; article: number; months: number | null; until: Day | null; meeting: string }[];
    refused: { iso3: string; article: number; meeting: string }[];
  };
}

/** Of the reports that fell due in the year. Those whose answer is not known enter no rate. */
export interface ReportStatistics {
  owed: number;
  submitted: number;
  onTime: number;
  overdue: number;
  notKnown: number;
  /** Submitted of owed where that is known, 0 to 1; null where it is known of none. */
  rate: number | null;
}

export const statisticsOf = (year: number, assessed: readonly AssessedState[], asAt: Day): YearStatistics => {
  const inYear = (day: Day | null): boolean => day !== null && yearOf(day) === year && day <= asAt;
  const who = (date: (state: AssessedState[1]) => Day | null): string[] => assessed.filter(([, state]) => inYear(date(state))).map(([iso3]) => iso3);
  const facts = assessed.flatMap(([iso3, state]) => state.facts.filter((fact) => inYear(fact.last)).map((fact) => ({ iso3, fact })));
  return {
    year,
    signed: who(({ participation }) => participation.signedOn),
    joined: who(({ participation }) => participation.depositedOn),
    enteredIntoForceFor: who(({ participation }) => participation.inForceOn),
    withdrew: who(({ participation }) => participation.withdrawalTakesEffectOn),
    reports: { initial: reportStatistics(assessed, 'initial-report', inYear), annual: reportStatistics(assessed, 'annual-report', inYear) },
    completions: assessed.flatMap(([iso3, { obligations }]) =>
      obligations
        .filter(({ kind, metOn, status }) => !kind.endsWith('-report') && kind !== 'extension-request' && MET.has(status) && inYear(metOn ?? null))
        .map(({ article, kind, metOn, status }) => ({ iso3, article, kind, on: metOn as Day, status })),
    ),
    extensions: {
      requested: facts.flatMap(({ iso3, fact }) => (fact.type === 'extension-requested' ? [{ iso3, article: fact.data.article, months: fact.data.months ?? null }] : [])),
      granted: facts.flatMap(({ iso3, fact }) =>
        fact.type === 'extension-granted'
          ? [{ iso3, article: fact.data.article, months: fact.data.months ?? null, until: fact.data.until ?? null, meeting: fact.data.meeting }]
          : [],
      ),
      refused: facts.flatMap(({ iso3, fact }) => (fact.type === 'extension-refused' ? [{ iso3, article: fact.data.article, meeting: fact.data.meeting }] : [])),
    },
  };
};

const reportStatistics = (assessed: readonly AssessedState[], kind: string, inYear: (day: Day | null) => boolean): ReportStatistics => {
  const due = assessed.flatMap(([, { obligations }]) => obligations.filter((one) => one.kind === kind && inYear(one.dueOn) && one.status !== 'ended'));
  const submitted = due.filter(({ status }) => MET.has(status)).length;
  const notKnown = due.filter(({ status }) => status === 'not-known').length;
  const known = due.length - notKnown;
  return {
    owed: due.length,
    submitted,
    onTime: due.filter(({ status }) => status === 'met').length,
    overdue: due.filter(({ status }) => status === 'overdue').length,
    notKnown,
    rate: known === 0 ? null : Math.round((submitted / known) * 1000) / 1000,
  };
};
