/** Notices as e-mail: words, calendar, bytes, and the way out. */
export { domainOf, messageIdFor, noticeIdOf, returnAddress, senderOf } from './addresses.js';
export { type CalendarEvent, calendarOf, type CalendarOptions, uidOf } from './calendar/calendar-of.js';
export { eventOn } from './calendar/event-on.js';
export { compose, type Envelope } from './mime/compose.js';
export type { Addressee, Links, NameOf, Notice, NoticeSubject, Rendered, Sender } from './notice.js';
export { render } from './render.js';
export { SAMPLE_LINKS, SAMPLE_NOTICES, SAMPLE_SENDER, sampleNames } from './samples.js';
export { type Mailbox, type Stored } from './transport/mailbox.js';
export { createMailer, type Mailer } from './transport/mailer.js';
export type { Outcome } from './transport/outcome.js';
export type { DkimKey, MailSettings, WireEnvelope } from './transport/settings.js';
