import type { Directory, Recipient } from '../plan/day-plan.js';
import { REGISTRAR, templateLanguage } from '../simulation/sample-directory.js';
import { type Contact, isReachable } from './contact.js';

/** In which order a State's contacts are turned to. */
export const STATE_ROLES = ['focal-point', 'deputy', 'permanent-mission'] as const;

/**
 * The contact list as the plan asks it. Who unsubscribed or cannot be reached is passed over for the next in line: a
 * State's reminders do not end with one person.
 */
export const directoryOf = (contacts: readonly Contact[]): Directory => {
  const reachable = contacts.filter(isReachable);
  const recipients = (iso3: string, role: Contact['role']): Recipient[] =>
    reachable.filter((one) => one.iso3 === iso3 && one.role === role).map(({ id, language }) => ({ role, contactId: id, language: templateLanguage(language) }));
  return {
    ofState: (iso3) => STATE_ROLES.flatMap((role) => recipients(iso3, role))[0] ?? null,
    coordinatorsOf: (iso3) => recipients(iso3, 'coordinator'),
    registrar: REGISTRAR,
  };
};
