import type { WaitingHold } from '../holds/holds.js';
import { type HoldKind, holdKind } from '../holds/hold.js';
import type { MessageStatus } from '../outbox/message-row.js';
import type { RecipientRole } from '../plan/day-plan.js';
import { idOf, type Task } from './task.js';

/** A message that rests until a person decides. */
export interface RestingLetter {
  id: string;
  treaty: string;
  on: string;
  role: RecipientRole;
  contactId: string;
  states: string[];
  status: MessageStatus;
  reason: string | null;
  changedAt: Date;
}

const KINDS = { unknown: 'outcome-unknown', failed: 'letter-failed', held: 'letter-held' } as const;

export const tasksAboutLetters = (letters: readonly RestingLetter[]): Task[] =>
  letters.flatMap(({ id, treaty, on, role, contactId, states, status, reason, changedAt }): Task[] => {
    if (status !== 'unknown' && status !== 'failed' && status !== 'held') return [];
    const kind = KINDS[status];
    const letter = `The letter of ${on} to ${role === 'registrar' ? 'the registrar' : `a ${role.replaceAll('-', ' ')}`} about ${states.length > 3 ? `${states.length} States` : states.join(', ')}`;
    const texts = {
      'outcome-unknown': `${letter} may or may not have arrived. Find out, then say that it arrived or send it again.`,
      'letter-failed': `${letter} was not delivered: ${reason ?? 'no reason is on record.'} Correct the cause and send it again, or say how it was told.`,
      'letter-held': `${letter} is held${reason === null ? '.' : `: ${reason}`} Release or skip it.`,
    };
    const [iso3] = states;
    return [{
      id: idOf(kind, id), kind, since: dayOf(changedAt), treaty, iso3: states.length === 1 && iso3 !== undefined ? iso3 : null, text: texts[kind], link: `/v1/messages/${id}`, messageId: id,
      ...(role === 'registrar' ? {} : { contactId }),
    }];
  });

export const tasksAboutHolds = (holds: readonly WaitingHold[], nameOf: (iso3: string) => string): Task[] =>
  holds.flatMap((hold): Task[] => {
    const { treaty, iso3, on, reason, since, waiting } = hold;
    const scope = holdKind(hold);
    // A day gets no more messages: when none waits there is nothing to release.
    if (scope === 'run' && waiting === 0) return [];
    const kind = `${scope}-held` as const;
    return [{ id: idOf(kind, treaty, iso3 ?? on), kind, since: dayOf(since), treaty, iso3, text: `${titleOf(scope, on, iso3, nameOf)} on hold (${waiting === 1 ? '1 message waits' : `${waiting} messages wait`}): ${reason} Release or skip what waits.`, link: on === null ? `/v1/treaties/${treaty}/holds` : `/v1/treaties/${treaty}/runs/${on}` }];
  });

const titleOf = (scope: HoldKind, on: string | null, iso3: string | null, nameOf: (iso3: string) => string): string =>
  scope === 'run' ? `The run of ${on} is` : scope === 'state' ? `Letters about ${nameOf(iso3 ?? '')} are` : 'All letters of the treaty are';

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);
