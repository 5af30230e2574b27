/** Who is told what, when. */
export { type DayInput, type Directory, type Message, planDay, planGoLive, type Recipient, type RecipientRole, type Subject } from './plan/day-plan.js';
export { messageIdOf } from './plan/message-id.js';
export { inOffice } from './plan/offices.js';
export { type Watched } from './plan/watch.js';
export { isWeekend } from './plan/working-days.js';
export { REGISTRAR, sampleDirectory, TEMPLATE_LANGUAGES, type TemplateLanguage, templateLanguage } from './simulation/sample-directory.js';
export { simulate, type Simulated, themesOf } from './simulation/simulate.js';
export { readWholeRecord, type WholeRecord } from './simulation/read-record.js';
export { CONTACT_ROLES, type Contact, isReachable, type NewContact } from './contacts/contact.js';
export { type ContactChanges, Contacts, type TakenIn } from './contacts/contacts.js';
export { BadContactList, contactsFromCsv, contactsToCsv, isAddress, isTimeZone } from './contacts/csv.js';
export { directoryOf } from './contacts/directory.js';
export { type Notices, openNotices } from './open-notices.js';
export { MESSAGE_STATUSES, type MessageRow, type MessageStatus } from './outbox/message-row.js';
export type { ForecastItem } from './outbox/forecast.js';
export type { ByPerson } from './outbox/outbox.js';
export type { Postman } from './outbox/postman.js';
