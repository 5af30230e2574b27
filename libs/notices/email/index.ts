/** Notices as e-mail: words, calendar, bytes, and the way out. */
export { domainOf, isAddress as isMailAddress, messageIdFor, senderOf } from './addresses.js';
export { type CalendarEvent, calendarOf } from './calendar/calendar-of.js';
export { eventOn } from './calendar/event-on.js';
export { compose } from './mime/compose.js';
export type { PlainLetter } from './mime/plain-letter.js';
export type { NameOf, Notice, NoticeSubject, Rendered, Sender } from './notice.js';
export { render } from './render.js';
export { createMailer, type Mailer } from './transport/mailer.js';
export { type Mailbox, openMailbox } from './transport/mailbox.js';
export type { Outcome } from './transport/outcome.js';
export { writingTo } from './transport/write-to.js';
