import type { Pool, PoolClient } from 'pg';
import { type Clock, inTransaction, instantOf, todayOf } from '#platform';
import type { Assessor } from '#read-models';
import { type Day, END_OF_TIME, plus, type TreatyRules } from '#treaty';
import type { Contact } from '../contacts/contact.js';
import type { Contacts } from '../contacts/contacts.js';
import { directoryOf } from '../contacts/directory.js';
import { takeInRun } from '../holds/holds.js';
import { messageIdFor } from '../email/index.js';
import { type DayInput, type Message, planDay, planGoLive } from '../plan/day-plan.js';
import type { Watched } from '../plan/watch.js';
import { isWeekend } from '../plan/working-days.js';
import { themesOf } from '../simulation/simulate.js';
import { askToConfirm } from './confirmations.js';
import { messageRowId } from './message-row.js';
import { sendAfter } from './working-hours.js';

export interface PlannerSettings {
  /** Of message ids and return addresses. */
  mailDomain: string;
  /** A day with more messages than this waits for a registrar. */
  runLimit: number;
}

/**
 * Writes down what is owed on each day, once: the messages, the rungs taken and the day planned through are one
 * transaction. Days that were missed are planned one after the other, each by what was known on it.
 */
export class Planner {
  constructor(
    private readonly pool: Pool,
    private readonly assessor: Pick<Assessor, 'treaty'>,
    private readonly contacts: Contacts,
    private readonly clock: Clock,
    private readonly settings: PlannerSettings,
  ) {}

  /**
   * Of a treaty that is live since a day.
   *
   * @param isCurrent whether the read models know all that is on record; asked only where there is a day to plan, which
   *   is left for later where they do not
   * @returns how many messages were written down
   */
  async planThroughToday(rules: TreatyRules, liveSince: Day, isCurrent: () => Promise<boolean> = () => Promise.resolve(true)): Promise<number> {
    const today = todayOf(this.clock);
    let day = await this.nextDay(rules, liveSince);
    if (day > today || !(await isCurrent())) return 0;
    const contacts = await this.contacts.list();
    let written = 0;
    for (; day <= today; day = plus(day, { days: 1 })) written += await this.planOne(rules, day, contacts);
    return written;
  }

  private async nextDay(rules: TreatyRules, liveSince: Day): Promise<Day> {
    const { rows } = await this.pool.query<{ through: string }>('SELECT through::text FROM notices.planned WHERE treaty = $1', [rules.id]);
    return rows[0] ? plus(rows[0].through, { days: 1 }) : liveSince;
  }

  private async planOne(rules: TreatyRules, day: Day, contacts: readonly Contact[]): Promise<number> {
    const { assessed, treaty } = await this.assessor.treaty(rules, { asAt: day, knownOn: day, recordedBy: END_OF_TIME });
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `INSERT INTO notices.planned (treaty, through) VALUES ($1, $2) ON CONFLICT (treaty) DO UPDATE SET through = excluded.through WHERE planned.through < excluded.through`,
        [rules.id, day],
      );
      if (rowCount === 0) return 0;
      const before = await watchedIn(client, rules.id);
      const watched = new Map(before);
      const live = before.size > 0;
      const input: DayInput = { today: day, assessed, treaty, directory: directoryOf(contacts), themes: themesOf(rules), watched, sent: new Set() };
      if (live) input.sent = await takenAmong(client, rules.id, rungsInQuestion(input));
      const takenBefore = new Set(input.sent);
      // The first working day brings the digest of going live; until then nothing goes out and nothing is missed.
      const messages = live ? planDay(input) : isWeekend(day) ? [] : planGoLive(input);
      await keepWatched(client, rules.id, before, watched);
      await keepTaken(client, rules.id, [...input.sent].filter((rung) => !takenBefore.has(rung)));
      await this.write(client, rules, messages, new Map(contacts.map((one) => [one.id, one])));
      const room = isWeekend(day) ? 0 : this.settings.runLimit - messages.length;
      const asked = await askToConfirm(client, contacts, { treaty: rules.id, day, now: this.clock.now(), mailDomain: this.settings.mailDomain, room });
      if (messages.length + asked > 0) await takeInRun(client, rules.id, day, instantOf(this.clock), this.whyTooMany(messages.length));
      return messages.length + asked;
    });
  }

  private whyTooMany(count: number): string | null {
    const { runLimit } = this.settings;
    return count > runLimit ? `This day has ${count} messages, more than ${runLimit}: a registrar must release them.` : null;
  }

  private async write(client: PoolClient, rules: TreatyRules, messages: readonly Message[], contacts: ReadonlyMap<string, Contact>): Promise<void> {
    const rows = messages.map((message) => ({ id: messageRowId(rules.id, message), message })).map(({ id, message }) => ({
      id, on: message.on, ...message.recipient,
      about: JSON.stringify(message.about), states: [...new Set(message.about.map(({ iso3 }) => iso3))],
      sendAfter: sendAfter(message.on, contacts.get(message.recipient.contactId)?.timeZone ?? 'UTC', this.clock.now()).toString(),
      messageId: messageIdFor(id, this.settings.mailDomain),
    }));
    await client.query(
      `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
       SELECT row.id, $1, row.on_day, row.role, row.contact_id, row.language, row.about, string_to_array(row.states, ' '), 'planned', row.send_after, row.message_id, $2
       FROM unnest($3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], $8::json[], $9::text[], $10::timestamptz[], $11::text[])
         AS row (id, on_day, role, contact_id, language, about, states, send_after, message_id)
       ON CONFLICT (id) DO NOTHING`,
      [
        rules.id, instantOf(this.clock),
        rows.map((row) => row.id), rows.map((row) => row.on), rows.map((row) => row.role), rows.map((row) => row.contactId), rows.map((row) => row.language),
        rows.map((row) => row.about), rows.map((row) => row.states.join(' ')), rows.map((row) => row.sendAfter), rows.map((row) => row.messageId),
      ],
    );
  }
}

const watchedIn = async (client: PoolClient, treaty: string): Promise<Map<string, Watched>> => {
  const { rows } = await client.query<{ obligation: string } & Watched>('SELECT obligation, due_on::text AS "dueOn", since::text FROM notices.watched WHERE treaty = $1', [treaty]);
  return new Map(rows.map(({ obligation, dueOn, since }) => [obligation, { dueOn, since }]));
};

const keepWatched = async (client: PoolClient, treaty: string, before: ReadonlyMap<string, Watched>, after: ReadonlyMap<string, Watched>): Promise<void> => {
  const changed = [...after].filter(([obligation, seen]) => before.get(obligation) !== seen);
  if (changed.length === 0) return;
  await client.query(
    `INSERT INTO notices.watched (treaty, obligation, due_on, since) SELECT $1, * FROM unnest($2::text[], $3::date[], $4::date[])
     ON CONFLICT (treaty, obligation) DO UPDATE SET due_on = excluded.due_on, since = excluded.since`,
    [treaty, changed.map(([obligation]) => obligation), changed.map(([, { dueOn }]) => dueOn), changed.map(([, { since }]) => since)],
  );
};

/** What the day would take if nothing had been taken yet: all that has to be looked up, however many rungs years have left behind. */
const rungsInQuestion = (input: DayInput): Set<string> => {
  const asked = new Set<string>();
  planDay({ ...input, watched: new Map(input.watched), sent: asked });
  return asked;
};

const takenAmong = async (client: PoolClient, treaty: string, rungs: ReadonlySet<string>): Promise<Set<string>> => {
  const { rows } = await client.query<{ rung: string }>('SELECT rung FROM notices.taken WHERE treaty = $1 AND rung = ANY($2)', [treaty, [...rungs]]);
  return new Set(rows.map(({ rung }) => rung));
};

const keepTaken = async (client: PoolClient, treaty: string, rungs: readonly string[]): Promise<void> => {
  if (rungs.length === 0) return;
  await client.query('INSERT INTO notices.taken (treaty, rung) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [treaty, rungs]);
};
