import type { PoolClient } from 'pg';
import { v7 } from 'uuid';
import type { Day } from '#treaty';
import type { Subject } from '../plan/day-plan.js';
import type { MessageStatus } from '../outbox/message-row.js';
import { type Turn, turnMessages } from '../outbox/turn.js';
import { apart, type Said, together } from './apart.js';
import { type Hold, HOLD_COLUMNS, type Scope } from './hold.js';

/** What was let go, and what was held back. */
export interface Reconciled {
  released: number;
  held: number;
}

/** One at a time turns the messages of a treaty with its holds, until its transaction ends. */
export const lockHolds = (client: PoolClient, treaty: string): Promise<unknown> => client.query(`SELECT pg_advisory_xact_lock(hashtextextended('pacta holds ' || $1, 0))`, [treaty]);

/** Needs the lock. */
export const holdsInForce = async (client: PoolClient, treaty: string): Promise<Hold[]> =>
  (await client.query<Hold>(`SELECT ${HOLD_COLUMNS} FROM notices.holds WHERE treaty = $1 AND released_at IS NULL ORDER BY held_at, id`, [treaty])).rows;

/**
 * Brings the messages of a treaty in line with its holds: what a hold kept back that is no longer in force may go, and
 * nothing that is to go speaks of what is held. Doing it again changes nothing. Needs the lock.
 *
 * @param run a day of which messages have just been written down: where it is on hold, they are held with it
 */
export const reconcile = async (client: PoolClient, treaty: string, at: string, run?: Day): Promise<Reconciled> => {
  const holds = await holdsInForce(client, treaty);
  const released = await letGo(client, treaty, at, holds);
  const ofRun = holds.find(({ on }) => on !== null && on === run);
  const ofTreaty = holds.find(({ iso3, on }) => iso3 === null && on === null);
  let held = 0;
  if (ofRun) held += await holdBack(client, ofRun, at);
  held += ofTreaty ? await holdBack(client, ofTreaty, at) : await holdBackStates(client, treaty, at, holds.filter(({ iso3 }) => iso3 !== null));
  return { released, held };
};

/** Of a run, or of a whole treaty: all that is to go. */
export const holdBack = (client: PoolClient, { id, treaty, on, reason, by }: Hold, at: string): Promise<number> =>
  turnMessages(client, `message.treaty = $6 AND message.status IN ('planned', 'rendered') AND ($7::date IS NULL OR message.on_day = $7)`, [treaty, on], { to: 'held', at, actor: by, reason, hold: id });

interface Waiting {
  id: string;
  on: Day;
  contact: string;
  about: Subject[];
  states: string[];
  hold: string;
}

/** What waited for one contact under one hold goes as one message: the newest, which says all of it. */
const letGo = async (client: PoolClient, treaty: string, at: string, holds: readonly Hold[]): Promise<number> => {
  const { rows } = await client.query<Waiting>(
    `SELECT id, on_day::text AS "on", role || ' ' || contact_id AS contact, about, states, hold_id AS hold FROM notices.messages
     WHERE treaty = $1 AND status = 'held' AND hold_id IS NOT NULL AND hold_id <> ALL($2::uuid[]) ORDER BY on_day, id FOR UPDATE`,
    [treaty, holds.map(({ id }) => id)],
  );
  if (rows.length === 0) return 0;
  const ended = await client.query<Hold>(`SELECT ${HOLD_COLUMNS} FROM notices.holds WHERE id = ANY($1)`, [[...new Set(rows.map(({ hold }) => hold))]]);
  let released = 0;
  for (const { id, releasedBy, releaseReason } of ended.rows) {
    const by = { at, actor: releasedBy ?? 'pacta', reason: releaseReason };
    const waited = rows.filter(({ hold }) => hold === id);
    const free = waited.filter(({ on }) => !holds.some((hold) => hold.on === on));
    for (const run of holds.filter((hold) => hold.on !== null)) {
      const kept = waited.filter(({ on }) => on === run.on).map((one) => one.id);
      if (kept.length > 0) await turnMessages(client, 'message.id = ANY($6)', [kept], { to: 'held', at, actor: run.by, reason: run.reason, hold: run.id });
    }
    for (const all of Map.groupBy(free, ({ contact }) => contact).values()) if (all.length > 1) await merge(client, all, by);
    const newest = [...Map.groupBy(free, ({ contact }) => contact).values()].map((all) => (all.at(-1) as Waiting).id);
    released += await turnMessages(client, 'message.id = ANY($6)', [newest], { to: 'planned', ...by });
  }
  return released;
};

const merge = async (client: PoolClient, all: readonly Waiting[], by: { at: string; actor: string }): Promise<void> => {
  const newest = all.at(-1) as Waiting;
  const older = all.slice(0, -1).map(({ id }) => id);
  await say(client, [{ id: newest.id, about: together(all), states: [...new Set(all.flatMap(({ states }) => states))] }]);
  await turnMessages(client, 'message.id = ANY($6)', [older], { to: 'suppressed', ...by, reason: `It waited on hold, and is told with the message of ${newest.on}.` });
};

const holdBackStates = (client: PoolClient, treaty: string, at: string, holds: readonly Hold[]): Promise<number> => {
  const byState = new Map(holds.map((hold) => [hold.iso3 as string, hold]));
  return turnParts(client, { treaty, states: [...byState.keys()], statuses: ['planned', 'rendered'] }, (iso3) => {
    const { id, by, reason } = byState.get(iso3) as Hold;
    return { to: 'held', at, actor: by, reason, hold: id };
  });
};

/** What is planned or waits of a State, a run or a treaty, however it was held. Needs the lock. */
export const skipAll = (client: PoolClient, { treaty, iso3, on }: Scope, by: Omit<Turn, 'to'>): Promise<number> => {
  const turn: Turn = { ...by, to: 'skipped' };
  if (iso3 !== undefined) return turnParts(client, { treaty, states: [iso3], statuses: NOT_GONE }, () => turn);
  return turnMessages(client, 'message.treaty = $6 AND message.status = ANY($7) AND ($8::date IS NULL OR message.on_day = $8)', [treaty, NOT_GONE, on ?? null], turn);
};

const NOT_GONE: readonly MessageStatus[] = ['planned', 'rendered', 'held'];

/** Turns what messages say of some States; what they say of others stays as it is, in a message of its own. */
const turnParts = async (client: PoolClient, which: { treaty: string; states: readonly string[]; statuses: readonly MessageStatus[] }, turnOf: (iso3: string) => Turn): Promise<number> => {
  if (which.states.length === 0) return 0;
  const { rows } = await client.query<Pick<Waiting, 'id' | 'about' | 'states'>>(
    'SELECT id, about, states FROM notices.messages WHERE treaty = $1 AND states && $2::text[] AND status = ANY($3) ORDER BY id FOR UPDATE', [which.treaty, which.states, which.statuses],
  );
  if (rows.length === 0) return 0;
  const held = new Set(which.states);
  const told = rows.map(({ id, about, states }) => ({ from: id, ...apart({ id, about, states }, held, v7) }));
  const parts = told.flatMap(({ from, parts: own }) => own.map((part) => ({ from, ...part })));
  await copy(client, parts.filter(({ id, from }) => id !== from));
  await say(client, parts.map(({ id, iso3, about }) => ({ id, about, states: [iso3] })));
  let turned = 0;
  for (const [iso3, own] of Map.groupBy(parts, (part) => part.iso3)) turned += await turnMessages(client, 'message.id = ANY($6)', [own.map(({ id }) => id)], turnOf(iso3));
  const rest = told.flatMap(({ from, rest: left }) => (left ? [{ id: from, ...left }] : []));
  await say(client, rest);
  // What is left is put into words anew: it may have been already.
  await client.query(`UPDATE notices.messages SET status = 'planned', mime = NULL, sha256 = NULL WHERE id = ANY($1) AND status <> 'held'`, [rest.map(({ id }) => id)]);
  return turned;
};

const say = (client: PoolClient, messages: readonly Said[]): Promise<unknown> =>
  client.query(
    `UPDATE notices.messages AS message SET about = said.about, states = string_to_array(said.states, ' ') FROM unnest($1::uuid[], $2::json[], $3::text[]) AS said (id, about, states) WHERE message.id = said.id`,
    [messages.map(({ id }) => id), messages.map(({ about }) => JSON.stringify(about)), messages.map(({ states }) => states.join(' '))],
  );

/** Messages like others, under ids of their own, which their Message-IDs are made of as well. Nothing of them is on record yet. */
const copy = (client: PoolClient, copies: readonly { from: string; id: string }[]): Promise<unknown> =>
  client.query(
    `INSERT INTO notices.messages SELECT (json_populate_record(message, json_build_object(
       'id', copied.id, 'message_id', replace(message_id, copied.was::text, copied.id::text), 'status', 'planned', 'mime', NULL, 'sha256', NULL, 'response', NULL, 'hold_id', NULL, 'on_record', true))).*
     FROM unnest($1::uuid[], $2::uuid[]) AS copied (was, id) JOIN notices.messages AS message ON message.id = copied.was`,
    [copies.map(({ from }) => from), copies.map(({ id }) => id)],
  );
