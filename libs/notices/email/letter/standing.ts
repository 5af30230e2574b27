import { type Day, MET } from '#treaty';
import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { dateInWords, daysBetween } from '../languages/dates.js';
import { counted, fill } from '../languages/fill.js';
import { CATALOGUES } from '../languages/index.js';
import type { NoticeSubject } from '../notice.js';
import type { Tone } from './letter.js';

/** How an obligation stands on the day of the message, in one line. */
export const standingInWords = ({ kind, dueOn, status }: NoticeSubject, on: Day, language: TemplateLanguage): string => {
  const { standing } = CATALOGUES[language];
  if (dueOn === null) return standing.undated;
  const date = dateInWords(dueOn, language);
  const filing = kind === 'extension-request';
  if (status === 'pending') {
    const days = daysBetween(on, dueOn);
    if (days === 0) return fill(filing ? standing.submitToday : standing.dueToday, { date });
    if (days > 0) return soon(language, filing ? standing.submitIn : standing.dueIn, days, date);
  }
  if (status === 'overdue') return fill(standing.overdue, { date });
  if (status === 'decision-pending') return fill(standing.awaitingDecision, { date });
  if (status === 'lapsed') return fill(standing.submitMissed, { date });
  if (!MET.has(status)) return fill(standing.due, { date });
  const received = kind === 'initial-report' || kind === 'annual-report' || filing;
  if (status === 'met-late') return fill(received ? standing.receivedLate : standing.completedLate, { date });
  if (status === 'met-undated') return fill(received ? standing.receivedUndated : standing.completedUndated, { date });
  return fill(received ? standing.received : standing.completed, { date });
};

/** "Tomorrow" is the one day that has a word of its own, so the singular is chosen by the day, not by the language's plural rule. */
const soon = (language: TemplateLanguage, phrase: { one: string; other: string }, days: number, date: string): string =>
  days === 1 ? fill(phrase.one, { date }) : counted(language, { one: phrase.other, other: phrase.other }, days, { date });

export const toneOf = ({ status }: NoticeSubject): Tone => (status === 'overdue' ? 'overdue' : MET.has(status) ? 'done' : 'due');
