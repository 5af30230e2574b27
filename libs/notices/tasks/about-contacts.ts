import type { Day } from '#treaty';
import { confirmationOf, unconfirmedFrom } from '../contacts/confirmation.js';
import { type Contact, isReachable } from '../contacts/contact.js';
import { idOf, officeOf, sentence, type Task, type TaskKind } from './task.js';

/** Of contacts that were not erased: who cannot be reached, wants no letters, or has not confirmed. */
export const tasksAboutContacts = (contacts: readonly Contact[], today: Day, nameOf: (iso3: string) => string): Task[] =>
  contacts.flatMap((contact): Task[] => {
    const { id, iso3, unreachableSince, unsubscribedOn, confirmedOn } = contact;
    const who = officeOf(contact, nameOf);
    const task = (kind: TaskKind, since: Day | null, text: string): Task => ({ id: idOf(kind, id), kind, since, treaty: null, iso3, text: sentence(text), link: `/v1/contacts/${id}`, contactId: id });
    if (unreachableSince !== null) return [task('contact-unreachable', unreachableSince, `${who} cannot be reached: letters come back. Correct its address, or remove it and name another.`)];
    if (unsubscribedOn !== null) return [task('contact-unsubscribed', unsubscribedOn, `${who} wants no more letters; they go to the next contact. Name another and remove this one, or find out whether it was a mistake.`)];
    if (!isReachable(contact) || confirmationOf(contact, today) !== 'unconfirmed') return [];
    return [task('contact-unconfirmed', confirmedOn === null ? null : unconfirmedFrom(confirmedOn), `${who} has not confirmed that it is still the right contact${confirmedOn === null ? '' : `; the last time was on ${confirmedOn}`}. Ask, then correct or remove it.`)];
  });
