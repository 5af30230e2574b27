import { type AssessedState, type Day, type Obligation, plus } from '#treaty';
import { type Contact, isReachable } from '../contacts/contact.js';
import { STATE_ROLES } from '../contacts/directory.js';
import { rungsOf } from '../plan/ladder.js';
import { idOf, type Task } from './task.js';

/** Of one treaty: States that are owed letters and have nobody to get them, and requests that wait for their decision to be recorded. */
export const tasksAboutStates = (treaty: string, assessed: readonly AssessedState[], contacts: readonly Contact[], today: Day, nameOf: (iso3: string) => string): Task[] => {
  const ofStates = contacts.filter(({ role }) => STATE_ROLES.some((one) => one === role));
  const byState = Map.groupBy(ofStates, ({ iso3 }) => iso3);
  return assessed.flatMap(([iso3, { obligations }]) => [
    ...withoutContact(treaty, iso3, obligations, byState.get(iso3) ?? [], today, nameOf),
    ...obligations.filter(({ status }) => status === 'decision-pending').map((one) => undecided(treaty, iso3, one, nameOf)),
  ]);
};

const AHEAD = { months: 12 };

const withoutContact = (treaty: string, iso3: string, obligations: readonly Obligation[], contacts: readonly Contact[], today: Day, nameOf: (iso3: string) => string): Task[] => {
  if (contacts.some(isReachable)) return [];
  const until = plus(today, AHEAD);
  const owed = obligations.some(({ kind, status, dueOn }) => dueOn !== null && (status === 'overdue' || (status === 'pending' && rungsOf(kind, dueOn).some(({ on }) => on >= today && on <= until))));
  if (!owed) return [];
  const lost = contacts.flatMap(({ unreachableSince, unsubscribedOn }) => unreachableSince ?? unsubscribedOn ?? []).sort();
  return [{
    id: idOf('state-without-contact', treaty, iso3), kind: 'state-without-contact', since: lost.at(-1) ?? null, treaty, iso3,
    text: `${nameOf(iso3)} is owed letters and has nobody to get them: no focal point, deputy or Permanent Mission that can be reached. Add a contact.`, link: `/v1/treaties/${treaty}/states/${iso3}`,
  }];
};

const undecided = (treaty: string, iso3: string, { article, kind, year, dueOn }: Obligation, nameOf: (iso3: string) => string): Task => ({
  id: idOf('decision-pending', treaty, iso3, article, kind, year), kind: 'decision-pending', since: dueOn === null ? null : plus(dueOn, { days: 1 }), treaty, iso3,
  text: `${nameOf(iso3)} asked for more time under Article ${article}, its deadline has passed${dueOn === null ? '' : ` on ${dueOn}`}, and no decision is on record. Record the decision, or that the request was withdrawn.`,
  link: `/v1/treaties/${treaty}/states/${iso3}`,
});
