import type { TemplateLanguage } from '../simulation/sample-directory.js';
import { domainOf, messageIdFor } from './addresses.js';
import { calendarOf } from './calendar/calendar-of.js';
import { eventOn } from './calendar/event-on.js';
import { clickAddress, headersOf } from './headers.js';
import { treatyInWords } from './languages/names.js';
import { asHtml } from './letter/as-html.js';
import { asText } from './letter/as-text.js';
import { cleanNames, cleanNotice } from './letter/clean.js';
import { byState } from './letter/order.js';
import { typesetLetter } from './letter/typeset-letter.js';
import { writeLetter } from './letter/write-letter.js';
import type { Links, NameOf, Notice, Rendered, Sender } from './notice.js';

/** A notice in words: the same notice always gives the same message. */
export const render = (given: Notice, language: TemplateLanguage, givenLinks: Links, from: Sender, givenNameOf: NameOf): Rendered => {
  const notice = cleanNotice(given);
  const named = cleanNames(givenNameOf);
  const nameOf = (iso3: string): string => named(iso3, language);
  const { unsubscribe, confirm } = givenLinks;
  const links: Links = { ...givenLinks, unsubscribe: clickAddress(unsubscribe), confirm: clickAddress(confirm) };
  const letter = typesetLetter(writeLetter(notice, language, links, nameOf), language);
  return {
    messageId: messageIdFor(notice.id, domainOf(from.address)),
    subject: letter.subject,
    text: asText(letter),
    html: asHtml(letter, language),
    ics: attachment(notice, language, links, nameOf),
    headers: headersOf(notice, language, links, from),
  };
};

/** What lies ahead, as entries for a calendar: what has passed is of no use there. */
const attachment = (notice: Notice, language: TemplateLanguage, links: Links, nameOf: (iso3: string) => string): string | null => {
  const ahead = byState(notice.about, nameOf, language)
    .flatMap(({ subjects }) => subjects)
    .filter(({ status, dueOn }) => status === 'pending' && dueOn !== null && dueOn >= notice.on);
  const events = ahead
    .map((subject) => eventOn(subject, { treaty: notice.treaty.id, language, state: nameOf(subject.iso3), url: links.state(subject.iso3) }))
    .filter((event) => event !== null);
  if (events.length === 0) return null;
  return calendarOf(events, { name: treatyInWords(notice.treaty, language), language, stampedAt: notice.stampedAt ?? `${notice.on}T00:00:00Z` });
};
