import { type Assessment, type DatedMeeting, type Day, type Obligation, plus, type TreatyAt, type TreatyRules } from '#treaty';
import type { NoticeSubject } from '../email/index.js';
import type { Subject } from '../plan/day-plan.js';

/** A subject with what a text about it needs: where its date comes from, and what can still be done. */
export const noticeSubject = (rules: TreatyRules, about: Subject, obligation: Obligation, { obligations }: Assessment, treaty: TreatyAt, today: Day): NoticeSubject => {
  const rule = rules.obligations.find(({ kind }) => kind === obligation.kind);
  const filing = rule && obligations.find(({ kind, article }) => kind === 'extension-request' && article === rule.article);
  const meeting = rule && obligation.dueOn ? lastBefore(treaty.meetings, obligation.dueOn, today) : undefined;
  return {
    ...about, citation: obligation.citation, title: rule?.title ?? '', status: obligation.status, derivation: obligation.derivation,
    ...(meeting ? { lastMeeting: { id: meeting.id, title: meeting.title, start: meeting.start } } : {}),
    ...(filing?.dueOn ? { filingDueOn: filing.dueOn } : {}),
    ...(rule ? { extendable: rule.extension !== null } : {}),
  };
};

/** The last meeting in the year before a due date, as far as it is known. */
const lastBefore = (meetings: readonly DatedMeeting[], dueOn: Day, today: Day): DatedMeeting | undefined =>
  meetings.filter((one) => one.knownOn <= today && one.start < dueOn && one.start >= plus(dueOn, { months: -12 })).sort((a, b) => (a.start < b.start ? -1 : 1)).at(-1);
