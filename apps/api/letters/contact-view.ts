import { type Contact, isReachable } from '#notices';
import { type Day, plus } from '#treaty';

/** A contact, with what its dates mean today. */
export interface ContactView extends Contact {
  /** Whether letters go to it. */
  reachable: boolean;
  /** Each contact confirms once a year that it is still the right one; three months after that was asked, it is unconfirmed. */
  confirmation: 'confirmed' | 'due' | 'unconfirmed';
}

export const viewOf = (contact: Contact, today: Day): ContactView => ({ ...contact, reachable: isReachable(contact), confirmation: confirmationOf(contact, today) });

const confirmationOf = ({ confirmedOn }: Contact, today: Day): ContactView['confirmation'] => {
  if (confirmedOn === null || plus(confirmedOn, { months: 15 }) <= today) return 'unconfirmed';
  return plus(confirmedOn, { months: 12 }) <= today ? 'due' : 'confirmed';
};
