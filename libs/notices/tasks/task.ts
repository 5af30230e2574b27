import type { Contact } from '../contacts/contact.js';

/** What waits for a registrar, the most urgent first. */
export const TASK_KINDS = [
  'outcome-unknown', 'letter-failed', 'run-held', 'treaty-held', 'state-held', 'letter-held', 'contact-unreachable', 'state-without-contact', 'contact-unsubscribed', 'contact-unconfirmed', 'decision-pending', 'discrepancy',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** Something that only a person can settle. Nothing stores it: it is there as long as its cause is. */
export interface Task {
  /** The same cause has the same id, whenever it is asked. */
  id: string;
  kind: TaskKind;
  /** Day since which it is so, where that is known. */
  since: string | null;
  /** Null where it concerns every treaty. */
  treaty: string | null;
  iso3: string | null;
  /** What is wrong, and what to do. No name and no address. */
  text: string;
  /** Path of what it concerns. */
  link: string;
  contactId?: string;
  messageId?: string;
}

/** `the focal point of Guinea-Bissau`. */
export const officeOf = ({ role, iso3 }: Pick<Contact, 'role' | 'iso3'>, nameOf: (iso3: string) => string): string =>
  role === 'coordinator' ? `the coordinator named by ${nameOf(iso3)}` : `the ${role === 'permanent-mission' ? 'Permanent Mission' : role.replaceAll('-', ' ')} of ${nameOf(iso3)}`;

export const idOf = (kind: TaskKind, ...of: readonly (string | number | null | undefined)[]): string => [kind, ...of.filter((part) => part !== null && part !== undefined)].join(':');

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
