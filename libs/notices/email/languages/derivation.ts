import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import type { StepKind } from './catalogue.js';
import { citationInWords } from './citations.js';
import { dateInWords, dateOfWords } from './dates.js';
import { counted, fill } from './fill.js';
import { CATALOGUES } from './index.js';
import { meetingInWords } from './names.js';

const CITATION = String.raw`\((?<citation>.+)\)`;
const DATE = '(?<date>(?:\\d{1,2} )?(?:[A-Z][a-z]{2} )?\\d{4})';

/** The shapes in which the rules write the steps to a due date (libs/treaty/assess). */
const SHAPES: readonly (readonly [StepKind, RegExp])[] = [
  ['deposited', new RegExp(`^deposited ${DATE}$`)],
  ['inForce', new RegExp(`^in force ${DATE} ${CITATION}$`)],
  ['inForceWhen', new RegExp(`^in force when (?<count>\\d+) instruments are deposited ${CITATION}$`)],
  ['hostilitiesEnded', new RegExp(`^active hostilities ended ${DATE}$`)],
  ['grantedSilence', new RegExp(`^\\+ (?<term>.+) granted by silence procedure for (?<meeting>.+) = (?:${DATE}|not yet known) ${CITATION}$`)],
  ['granted', new RegExp(`^\\+ (?<term>.+) granted by (?<meeting>.+) = (?:${DATE}|not yet known) ${CITATION}$`)],
  ['term', new RegExp(`^\\+ (?<term>.+) = ${DATE} ${CITATION}$`)],
  ['lastMeeting', new RegExp(`^(?<meeting>.+), the last meeting before that, starts ${DATE}$`)],
  ['monthsBefore', new RegExp(`^− (?<term>.+) = ${DATE} ${CITATION}$`)],
  ['noMeeting', /^no meeting in the twelve months before that is known yet$/],
  ['initialDue', new RegExp(`^initial report due ${DATE} ${CITATION}$`)],
  ['annualDue', new RegExp(`^report for (?<year>\\d{4}) due ${DATE} ${CITATION}$`)],
];

/** One step in a language; null where its shape is not known, so that no letter carries a line in another language. */
export const stepInWords = (step: string, language: TemplateLanguage): string | null => {
  for (const [kind, shape] of SHAPES) {
    const found = shape.exec(step)?.groups;
    if (!found && !shape.test(step)) continue;
    return fill(CATALOGUES[language].steps[kind], gapsOfStep(found ?? {}, language));
  }
  return null;
};

const gapsOfStep = (found: Readonly<Record<string, string | undefined>>, language: TemplateLanguage): Record<string, string> => {
  const { date, citation, term, meeting, count, year } = found;
  const day = date === undefined ? null : dateOfWords(date);
  return {
    date: day === null ? CATALOGUES[language].steps.notKnown : dateInWords(day, language),
    ...(citation === undefined ? {} : { citation: citationInWords(citation, language) }),
    ...(term === undefined ? {} : { term: termInWords(term, language) }),
    ...(meeting === undefined ? {} : { meeting: meetingInWords({ id: meeting }, language) }),
    ...(count === undefined ? {} : { count }),
    ...(year === undefined ? {} : { year }),
  };
};

/** `8 years`, `1 year and 6 months`; `time` where a decision names no number of months. */
const termInWords = (term: string, language: TemplateLanguage): string => {
  const { units, and, steps } = CATALOGUES[language];
  const parts = [...term.matchAll(/(\d+) (year|month|day)s?/g)].map(([, count, unit]) => counted(language, units[`${unit}s` as keyof typeof units], Number(count)));
  return parts.length === 0 ? steps.time : parts.reduce((first, second) => fill(and, { first, second }));
};
