import { type Day, plus } from '#treaty';
import type { Contact } from './contact.js';

/** Each contact confirms once a year that it is still the right one; three months after that was asked, it is unconfirmed. */
export type Confirmation = 'confirmed' | 'due' | 'unconfirmed';

export const confirmationOf = ({ confirmedOn }: Pick<Contact, 'confirmedOn'>, today: Day): Confirmation => {
  if (confirmedOn === null || unconfirmedFrom(confirmedOn) <= today) return 'unconfirmed';
  return plus(confirmedOn, { months: 12 }) <= today ? 'due' : 'confirmed';
};

export const unconfirmedFrom = (confirmedOn: Day): Day => plus(confirmedOn, { months: 15 });

/** The day of this year on which it was to confirm again; null for whoever confirmed within a year. */
export const confirmationDueSince = ({ confirmedOn }: Pick<Contact, 'confirmedOn'>, today: Day): Day | null => {
  if (confirmedOn === null) return `${today.slice(0, 4)}-01-01`;
  for (let years = 1, since: Day | null = null; ; years++) {
    const next = plus(confirmedOn, { years });
    if (next > today) return since;
    since = next;
  }
};
