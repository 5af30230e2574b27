import type { Pool } from 'pg';
import { type Clock, instantOf, migrate, Problem } from '#platform';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';
import { NOTICE_STEPS } from './tables.js';

export interface MessageFilter {
  treaty: string;
  iso3?: string;
  status?: MessageStatus;
  limit: number;
}

/** A registrar's own step: on record with the key that took it. */
export interface ByPerson {
  actor: string;
  reason: string | null;
}

/** The rows of what is owed and what became of it, for whoever looks, holds or releases. */
export class Outbox {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  prepare(): Promise<void> {
    return migrate(this.pool, 'notices', NOTICE_STEPS);
  }

  async list({ treaty, iso3, status, limit }: MessageFilter): Promise<MessageRow[]> {
    const { rows } = await this.pool.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE treaty = $1 AND ($2::text IS NULL OR states @> ARRAY[$2]) AND ($3::text IS NULL OR status = $3) ORDER BY on_day DESC, changed_at DESC, id LIMIT $4`,
      [treaty, iso3 ?? null, status ?? null, limit],
    );
    return rows;
  }

  /** Those whose time has come, and those to come soon: what the queue is woken with. */
  async due(before: Temporal.Instant): Promise<{ id: string; sendAfter: Date }[]> {
    const { rows } = await this.pool.query<{ id: string; sendAfter: Date }>(
      `SELECT id, send_after AS "sendAfter" FROM notices.messages WHERE status IN ('planned', 'rendered') AND send_after <= $1 ORDER BY send_after LIMIT 10000`, [before.toString()],
    );
    return rows;
  }

  /** The exact message as it was stored; null where there is none, or where its recipient was erased. */
  async mime(id: string): Promise<Buffer | null> {
    const { rows } = await this.pool.query<{ mime: Buffer | null }>('SELECT mime FROM notices.messages WHERE id = $1', [id]);
    return rows[0]?.mime ?? null;
  }

  async find(id: string): Promise<MessageRow | null> {
    const { rows } = await this.pool.query<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  release(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['held'], 'planned', by);
  }

  hold(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['planned'], 'held', by);
  }

  skip(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['planned', 'held'], 'skipped', by);
  }

  /** What was said to somebody who is forgotten is forgotten too; its hash stays as proof that something was. */
  async forget(contactId: string): Promise<void> {
    await this.pool.query('UPDATE notices.messages SET mime = NULL, response = NULL WHERE contact_id = $1', [contactId]);
  }

  private async turn(id: string, from: readonly MessageStatus[], to: MessageStatus, { actor, reason }: ByPerson): Promise<void> {
    const { rowCount } = await this.pool.query('UPDATE notices.messages SET status = $3, reason = $4, changed_at = $5, changed_by = $6, on_record = false WHERE id = $1 AND status = ANY($2)', [
      id, from, to, reason, instantOf(this.clock), actor,
    ]);
    if (rowCount === 0) throw new Problem(409, 'not-in-that-state', `This message is no longer ${from.join(' or ')}.`);
  }
}
