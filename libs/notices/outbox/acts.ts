import type { Pool } from 'pg';
import { v5 } from 'uuid';
import type { EventLog } from '#event-log';
import { type Clock, instantOf } from '#platform';
import { type Hold, HOLD_COLUMNS, holdKind } from '../holds/hold.js';
import { append, appendOnce, correspondenceStream, NAMESPACE, type OnRecorded, sayStates, type Told } from './correspondence.js';

/** Into the log what holds and persons did with messages; what is there is taken off the list. */
export const recordActs = async (pool: Pool, log: EventLog, clock: Clock, onRecorded?: OnRecorded, most = 200): Promise<number> => {
  const { rows } = await pool.query<Told & { act: string }>(
    `SELECT act.id AS act, message.id, message.treaty, message.on_day::text AS "on", message.role, message.contact_id AS "contactId", message.language, message.message_id AS "messageId",
       act.about, act.states, act.status, act.reason, act.sha256, act.response, act.changed_at AS "changedAt", act.changed_by AS "changedBy"
     FROM notices.acts AS act JOIN notices.messages AS message ON message.id = act.message ORDER BY act.changed_at, act.id LIMIT $1`,
    [most],
  );
  if (rows.length === 0) return 0;
  await Promise.all([...Map.groupBy(rows, ({ id }) => id).values()].map((ofMessage) => inTheirOrder(log, clock, ofMessage)));
  await pool.query('DELETE FROM notices.acts WHERE id = ANY($1)', [rows.map(({ act }) => act)]);
  sayStates(rows, onRecorded);
  return rows.length;
};

/** What was done with a message first stands first. */
const inTheirOrder = async (log: EventLog, clock: Clock, acts: readonly Told[]): Promise<void> => {
  for (const act of acts) await Promise.all(act.states.map((iso3) => append(log, clock, act, iso3)));
};

/** That letters were held, and let go, in the stream of the State; of runs and of a whole treaty in the treaty's own. */
export const recordHolds = async (pool: Pool, log: EventLog, clock: Clock, most = 200): Promise<number> => {
  const { rows } = await pool.query<Hold & { recorded: number }>(
    `SELECT ${HOLD_COLUMNS}, recorded FROM notices.holds WHERE recorded < CASE WHEN released_at IS NULL THEN 1 ELSE 2 END ORDER BY held_at, id LIMIT $1`, [most],
  );
  for (const { id, treaty, iso3, on, recorded, ...hold } of rows) {
    const about = { hold: id, scope: holdKind({ iso3, on }), iso3, on };
    const tell = (type: string, actor: string | null, reason: string | null): Promise<void> =>
      appendOnce(log, correspondenceStream(treaty, iso3 ?? 'all'), {
        id: v5(`${id} ${type}`, NAMESPACE), type, recordedAt: instantOf(clock), data: { ...about, reason }, metadata: { actor, correlation: id },
      });
    if (recorded < 1) await tell('RemindersHeld.v1', hold.by, hold.reason);
    if (hold.releasedAt !== null) await tell('RemindersReleased.v1', hold.releasedBy, hold.releaseReason);
    await pool.query('UPDATE notices.holds SET recorded = $2 WHERE id = $1', [id, hold.releasedAt === null ? 1 : 2]);
  }
  return rows.length;
};
