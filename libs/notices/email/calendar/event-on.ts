import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { citationInWords } from '../languages/citations.js';
import { dateInWords } from '../languages/dates.js';
import { fill, typeset } from '../languages/fill.js';
import { CATALOGUES } from '../languages/index.js';
import { dutyInWords } from '../languages/names.js';
import type { NoticeSubject } from '../notice.js';
import { type CalendarEvent, uidOf } from './calendar-of.js';

/** The calendar entry of an obligation, in words; null as long as its date is not known. */
export const eventOn = (
  subject: Pick<NoticeSubject, 'iso3' | 'article' | 'kind' | 'year' | 'dueOn' | 'citation' | 'sequence'>,
  { treaty, language, state, url }: { treaty: string; language: TemplateLanguage; state: string; url: string | null },
): CalendarEvent | null => {
  const { dueOn } = subject;
  if (dueOn === null) return null;
  const { calendar } = CATALOGUES[language];
  const values = { state, duty: dutyInWords(subject, language), citation: citationInWords(subject.citation, language), date: dateInWords(dueOn, language) };
  return {
    uid: uidOf(treaty, subject),
    on: dueOn,
    sequence: subject.sequence ?? 0,
    summary: typeset(language, fill(calendar.summary, values)),
    description: typeset(language, fill(calendar.description, values)),
    ...(url === null ? {} : { url }),
  };
};
