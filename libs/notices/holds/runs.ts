import type { Pool } from 'pg';
import type { Day } from '#treaty';
import type { MessageStatus } from '../outbox/message-row.js';

/** All messages of a treaty of one day. */
export interface Run {
  on: Day;
  messages: number;
  counts: Partial<Record<MessageStatus, number>>;
  /** Null where the run as a whole is not on hold. */
  hold: { reason: string; since: Date; by: string } | null;
}

/** Newest day first. */
export const listRuns = async (pool: Pool, treaty: string, { on, limit }: { on?: Day; limit: number }): Promise<Run[]> => {
  const { rows } = await pool.query<Run & { reason: string | null; since: Date; by: string }>(
    `SELECT run.*, hold.reason, hold.held_at AS since, hold.held_by AS by FROM (
       SELECT on_day::text AS "on", sum(count)::integer AS messages, json_object_agg(status, count ORDER BY status) AS counts
       FROM (SELECT on_day, status, count(*)::integer AS count FROM notices.messages WHERE treaty = $1 AND ($2::date IS NULL OR on_day = $2) GROUP BY on_day, status) AS counted
       GROUP BY on_day ORDER BY on_day DESC LIMIT $3
     ) AS run LEFT JOIN notices.holds AS hold ON hold.treaty = $1 AND hold.on_day = run."on"::date AND hold.released_at IS NULL ORDER BY run."on" DESC`,
    [treaty, on ?? null, limit],
  );
  return rows.map(({ on: day, messages, counts, reason, since, by }) => ({ on: day, messages, counts, hold: reason === null ? null : { reason, since, by } }));
};
