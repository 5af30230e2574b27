import type { Pool } from 'pg';
import { type Clock, todayOf } from '#platform';
import { type AskedPage, type Assessor, cursorFrom, DEFAULT_LIMIT, type Discrepancy, discrepanciesAt, type HistoryReader, placeOf } from '#read-models';
import { END_OF_TIME, type TreatyRules } from '#treaty';
import type { Contacts } from '../contacts/contacts.js';
import type { NameOf } from '../email/index.js';
import type { Holds } from '../holds/holds.js';
import { type RestingLetter, tasksAboutHolds, tasksAboutLetters } from './about-letters.js';
import { tasksAboutContacts } from './about-contacts.js';
import { tasksAboutStates } from './about-states.js';
import { idOf, type Task, TASK_KINDS, type TaskKind } from './task.js';

export interface TaskFilter {
  treaty?: string;
  kind?: TaskKind;
  iso3?: string;
}

interface TaskParts {
  pool: Pool;
  contacts: Pick<Contacts, 'list'>;
  holds: Pick<Holds, 'list'>;
  assessor: Assessor;
  history: HistoryReader;
  treaties: ReadonlyMap<string, TreatyRules>;
  nameOf: NameOf;
  clock: Clock;
}

/** All that waits for a registrar, found from its causes each time it is asked: so each task ends with its cause. */
export class Tasks {
  constructor(private readonly parts: TaskParts) {}

  /** The most urgent first, and of one kind the oldest. Tasks about contacts concern every treaty, so a treaty's hold them too. */
  async list({ treaty, kind, iso3 }: TaskFilter): Promise<Task[]> {
    const { treaties, contacts, nameOf, clock } = this.parts;
    const name = (state: string): string => nameOf(state, 'en');
    const list = await contacts.list();
    const today = todayOf(clock);
    const found = tasksAboutContacts(list, today, name);
    for (const rules of treaties.values()) if (treaty === undefined || rules.id === treaty) found.push(...(await this.ofTreaty(rules, list, today, name)));
    return found.filter((one) => (kind === undefined || one.kind === kind) && (iso3 === undefined || one.iso3 === iso3)).sort(byUrgency);
  }

  private async ofTreaty(rules: TreatyRules, contacts: Awaited<ReturnType<Contacts['list']>>, today: string, nameOf: (iso3: string) => string): Promise<Task[]> {
    const { assessor, history, holds } = this.parts;
    const cut = { asAt: today, knownOn: today, recordedBy: END_OF_TIME };
    const { assessed } = await assessor.treaty(rules, cut);
    const discrepancies = await discrepanciesAt(history, rules, assessed, cut);
    return [
      ...tasksAboutLetters(await this.resting(rules.id)),
      ...tasksAboutHolds(await holds.list(rules.id), nameOf),
      ...tasksAboutStates(rules.id, assessed, contacts, today, nameOf),
      ...discrepancies.map((one) => tasksAboutDiscrepancy(rules.id, one)),
    ];
  }

  /** What was handed on to the next contact has been told; the contact is the task then. */
  private async resting(treaty: string): Promise<RestingLetter[]> {
    const { rows } = await this.parts.pool.query<RestingLetter>(
      `SELECT id, treaty, on_day::text AS "on", role, contact_id AS "contactId", states, status, reason, changed_at AS "changedAt" FROM notices.messages AS message
       WHERE treaty = $1 AND status IN ('held', 'failed', 'unknown') AND (status <> 'held' OR hold_id IS NULL) AND NOT (status = 'failed' AND ${HANDED_ON}) ORDER BY changed_at, id LIMIT ${MOST}`,
      [treaty],
    );
    return rows;
  }
}

const MOST = 10_000;

/** Whoever was next in line has got a message in the place of this one. */
const HANDED_ON = `EXISTS (SELECT FROM notices.messages AS other WHERE other.instead_of = COALESCE(message.instead_of, message.id) AND other.id <> message.id AND other.changed_at >= message.changed_at)`;

const tasksAboutDiscrepancy = (treaty: string, { id, iso3, subject, computed, stated }: Discrepancy): Task => ({
  id: idOf('discrepancy', treaty, id), kind: 'discrepancy', since: null, treaty, iso3: iso3 ?? null,
  text: `${subject}: we have "${computed}", a source says "${stated}". Find out which is right; correct the record, or retract the remark.`, link: `/v1/treaties/${treaty}/discrepancies`,
});

const byUrgency = (a: Task, b: Task): number => {
  const [first, second] = [keyOf(a), keyOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
};

/** The place of a task in the list. What has no day comes last of its kind. */
const keyOf = ({ kind, since, treaty, iso3, id }: Task): string => [String(TASK_KINDS.indexOf(kind)).padStart(2, '0'), since ?? '9', iso3 ?? '', treaty ?? '', id].join(' ');

export interface TaskPage {
  items: Task[];
  /** Asks for the following page; null at the end. */
  next: string | null;
  /** How many there are of each kind, whatever the page. */
  counts: Partial<Record<TaskKind, number>>;
}

/** What a place in the list looks like in a cursor. */
export const TASK_PLACE = /^\["\d\d (\d{4}-\d{2}-\d{2}|9) ([A-Z]{3})? [\w-]* [\w:.-]{1,200}"\]$/;

export const pageOfTasks = (tasks: readonly Task[], { cursor, limit = DEFAULT_LIMIT }: AskedPage): TaskPage => {
  const after = cursor === undefined ? null : String(placeOf(cursor, 1)[0]);
  const ahead = tasks.filter((one) => after === null || keyOf(one) > after);
  const items = ahead.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && ahead.length > limit ? cursorFrom([keyOf(last)]) : null, counts: countByKind(tasks) };
};

const countByKind = (tasks: readonly Task[]): TaskPage['counts'] => Object.fromEntries([...Map.groupBy(tasks, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));
