import type { RecipientRole } from '../plan/day-plan.js';

export const CONTACT_ROLES = ['focal-point', 'deputy', 'permanent-mission', 'coordinator'] as const;
type ContactRole = (typeof CONTACT_ROLES)[number] & RecipientRole;

/**
 * Somebody to write to. The only place where names and addresses are kept; events and messages carry the id. An erased
 * contact keeps its id and its role, so that what was sent still has a recipient, and nothing else.
 */
export interface Contact {
  id: string;
  role: ContactRole;
  /** The State it speaks for; of a coordinator, the State in office. */
  iso3: string;
  name: string | null;
  office: string | null;
  email: string | null;
  /** ISO 639-1: `fr`. */
  language: string;
  /** IANA name: `Africa/Bissau`. */
  timeZone: string;
  /** Day on which it last said that it is still the right one. */
  confirmedOn: string | null;
  unreachableSince: string | null;
  unsubscribedOn: string | null;
  erasedOn: string | null;
}

export const CONTACT_COLUMNS = `id, role, iso3, name, office, email, language, time_zone AS "timeZone", confirmed_on::text AS "confirmedOn",
  unreachable_since::text AS "unreachableSince", unsubscribed_on::text AS "unsubscribedOn", erased_on::text AS "erasedOn"`;

export type NewContact = Pick<Contact, 'role' | 'iso3' | 'language' | 'timeZone'> & { name: string | null; office: string | null; email: string };

/** Whether it can be written to at all. */
export const isReachable = ({ email, unreachableSince, unsubscribedOn, erasedOn }: Contact): boolean =>
  email !== null && unreachableSince === null && unsubscribedOn === null && erasedOn === null;
