import { type Contact, isReachable } from '../contacts/contact.js';
import { STATE_ROLES } from '../contacts/directory.js';
import type { Recipient, RecipientRole, Subject } from '../plan/day-plan.js';
import { REGISTRAR, templateLanguage } from '../simulation/sample-directory.js';

/** A letter that did not reach whom it was for, with all that was done about it so far. */
export interface Undelivered {
  /** Role of the first whom it was for. */
  meantFor: RecipientRole;
  about: readonly Subject[];
  /** Who has had it before, in this order; the last is the one it did not reach. */
  tried: readonly string[];
  /** Everybody, also those who can no longer be written to. */
  contacts: readonly Contact[];
  /** States in office as coordinators of all the themes that the letter is about. */
  inOffice: readonly string[];
  /** What each contact was told on the day of the letter, this letter apart. */
  told: ReadonlyMap<string, readonly Subject[]>;
}

/**
 * Whom a letter goes to when it did not reach somebody: the State's next contact, for a coordinator another one of the
 * theme, and when nobody is left the registrar. Nobody is told the same thing twice, under whichever role; null where
 * there is nobody whom it would be news to.
 */
export const nextRecipient = ({ meantFor, about, tried, contacts, inOffice, told }: Undelivered): { recipient: Recipient; about: Subject[] } | null => {
  const addresses = new Set(contacts.filter(({ id }) => tried.includes(id)).map(addressOf));
  const candidates = contactsInLine(meantFor, about, contacts, inOffice)
    .filter((one) => isReachable(one) && !tried.includes(one.id) && !addresses.has(addressOf(one)))
    .map(({ id, role, language }): Recipient => ({ role, contactId: id, language: templateLanguage(language) }));
  for (const recipient of [...candidates, ...(tried.includes(REGISTRAR.contactId) ? [] : [REGISTRAR])]) {
    const known = told.get(recipient.contactId) ?? [];
    const news = about.filter((one) => !known.some((other) => isSame(one, other)));
    // A letter that asks for a confirmation is about nothing; it is nobody else's.
    if (news.length > 0) return { recipient, about: news };
  }
  return null;
};

const contactsInLine = (meantFor: RecipientRole, about: readonly Subject[], contacts: readonly Contact[], inOffice: readonly string[]): Contact[] => {
  if (meantFor === 'registrar') return [];
  if (meantFor === 'coordinator') return contacts.filter(({ role, iso3 }) => role === 'coordinator' && inOffice.includes(iso3));
  return STATE_ROLES.flatMap((role) => contacts.filter((one) => one.role === role && about.some(({ iso3 }) => iso3 === one.iso3)));
};

const addressOf = ({ id, email }: Contact): string => email?.toLowerCase() ?? id;

const isSame = (a: Subject, b: Subject): boolean => a.iso3 === b.iso3 && a.article === b.article && a.kind === b.kind && a.year === b.year && a.dueOn === b.dueOn && a.step === b.step;
