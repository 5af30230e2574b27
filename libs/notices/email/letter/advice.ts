import type { Day } from '#treaty';
import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { dateInWords } from '../languages/dates.js';
import { fill } from '../languages/fill.js';
import { CATALOGUES } from '../languages/index.js';
import { meetingInWords } from '../languages/names.js';
import type { NoticeSubject } from '../notice.js';

/** Whose reports go to the Secretary-General (CCM and APMBC, Art. 7(1)). */
const REPORTS_TO_SECRETARY_GENERAL = new Set(['ccm', 'apmbc']);

/** Where a cover page may stand for an annual report, though never for the initial one. */
const COVER_PAGE_SUFFICES = new Set(['ccm']);

/** What the State can do now, most useful first. */
export const adviceOn = (subject: NoticeSubject, treatyId: string, on: Day, language: TemplateLanguage): string[] => {
  const { advice } = CATALOGUES[language];
  const { kind, status } = subject;
  if (kind === 'extension-request') return status === 'pending' ? [...lastMeeting(subject, language), advice.filing] : [];
  if (kind === 'initial-report' || kind === 'annual-report') {
    return [
      ...(REPORTS_TO_SECRETARY_GENERAL.has(treatyId) ? [advice.report] : []),
      ...(kind === 'annual-report' && COVER_PAGE_SUFFICES.has(treatyId) ? [advice.coverPage] : []),
      ...(status === 'overdue' ? [advice.apology] : []),
    ];
  }
  if (status === 'overdue') return [advice.overdue, advice.apology];
  return status === 'pending' ? [...moreTime(subject, on, language), advice.declare] : [];
};

/** By when a request for more time must be filed, as long as that is still possible. */
const moreTime = (subject: NoticeSubject, on: Day, language: TemplateLanguage): string[] => {
  const { advice } = CATALOGUES[language];
  const { filingDueOn } = subject;
  if (filingDueOn === undefined) return subject.extendable ? [advice.noMeeting] : [];
  return [...lastMeeting(subject, language), fill(on <= filingDueOn ? advice.fileBy : advice.fileMissed, { date: dateInWords(filingDueOn, language) })];
};

const lastMeeting = ({ lastMeeting: meeting }: NoticeSubject, language: TemplateLanguage): string[] =>
  meeting ? [fill(CATALOGUES[language].advice.lastMeeting, { meeting: meetingInWords(meeting, language), date: dateInWords(meeting.start, language) })] : [];
