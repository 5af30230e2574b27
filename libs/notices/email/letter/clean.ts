import type { NameOf, Notice, NoticeSubject } from '../notice.js';

/** Control characters, line separators and marks that turn the direction of what follows. */
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** One line, whatever was typed into a form or found in a source: nothing from outside can add a header or a line. */
export const oneLine = (text: string): string => text.toWellFormed().replace(UNWANTED, ' ').replace(/ {2,}/g, ' ').trim();

export const cleanNotice = (notice: Notice): Notice => ({
  ...notice,
  treaty: { ...notice.treaty, title: oneLine(notice.treaty.title) },
  recipient: {
    ...notice.recipient,
    ...(notice.recipient.name === undefined ? {} : { name: oneLine(notice.recipient.name) }),
    ...(notice.recipient.office === undefined ? {} : { office: oneLine(notice.recipient.office) }),
  },
  about: notice.about.map(cleanSubject),
});

const cleanSubject = (subject: NoticeSubject): NoticeSubject => ({
  ...subject,
  citation: oneLine(subject.citation),
  title: oneLine(subject.title),
  derivation: subject.derivation.map(oneLine),
  ...(subject.lastMeeting ? { lastMeeting: { ...subject.lastMeeting, id: oneLine(subject.lastMeeting.id), title: oneLine(subject.lastMeeting.title) } } : {}),
});

export const cleanNames = (nameOf: NameOf): NameOf => (iso3, language) => oneLine(nameOf(iso3, language)) || iso3;
