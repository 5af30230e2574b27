import { type Confirmation, confirmationOf, type Contact, isReachable } from '#notices';
import type { Day } from '#treaty';

/** A contact, with what its dates mean today. */
export interface ContactView extends Contact {
  /** Whether letters go to it. */
  reachable: boolean;
  /** Each contact confirms once a year that it is still the right one; three months after that was asked, it is unconfirmed. */
  confirmation: Confirmation;
}

export const viewOf = (contact: Contact, today: Day): ContactView => ({ ...contact, reachable: isReachable(contact), confirmation: confirmationOf(contact, today) });
