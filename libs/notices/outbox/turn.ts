import type { Pool, PoolClient } from 'pg';
import type { MessageStatus } from './message-row.js';

/** Where messages come to rest, and through whom. */
export interface Turn {
  to: MessageStatus;
  at: string;
  /** A key, or `pacta`. */
  actor: string;
  reason: string | null;
  /** The hold that keeps them back from now on. */
  hold?: string;
}

/**
 * Turns messages and, in the same statement, writes down for the correspondence what was done with them and what of
 * them was not on record yet. What is planned anew, or held, will be put into words anew.
 *
 * @param where condition on `notices.messages AS message`, with its values from `$6` on
 * @returns how many were turned
 */
export const turnMessages = async (db: Pool | PoolClient, where: string, values: readonly unknown[], { to, at, actor, reason, hold }: Turn): Promise<number> => {
  const { rowCount } = await db.query(
    `WITH before AS (SELECT * FROM notices.messages AS message WHERE ${where} FOR UPDATE),
     turned AS (
       UPDATE notices.messages AS message SET status = $1, reason = $2, changed_at = $3, changed_by = $4, hold_id = $5, on_record = true,
         mime = CASE WHEN $1 IN ('planned', 'held') THEN NULL ELSE message.mime END, sha256 = CASE WHEN $1 IN ('planned', 'held') THEN NULL ELSE message.sha256 END,
         attempts = CASE WHEN $1 = 'planned' THEN 0 ELSE message.attempts END
       FROM before WHERE message.id = before.id RETURNING message.*
     ),
     unrecorded AS (INSERT INTO notices.acts (${ACT}) SELECT ${ACT_OF} FROM before WHERE NOT on_record)
     INSERT INTO notices.acts (${ACT}) SELECT ${ACT_OF} FROM turned`,
    [to, reason, at, actor, hold ?? null, ...values],
  );
  return rowCount ?? 0;
};

const ACT = 'message, status, reason, about, states, sha256, response, changed_at, changed_by';
const ACT_OF = ACT.replace('message', 'id');
