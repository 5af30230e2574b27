import type { Pool, PoolClient } from 'pg';
import { type Clock, inTransaction, instantOf, migrate, Problem } from '#platform';
import { lockHolds, reconcile } from '../holds/reconcile.js';
import { type ByPerson, MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';
import { NOTICE_STEPS } from './tables.js';
import { turnMessages } from './turn.js';

export interface MessageFilter {
  treaty: string;
  iso3?: string;
  /** The run of a day. */
  on?: string;
  status?: MessageStatus;
  limit: number;
}

/** A row that is due, and its place among them. */
export interface DuePlace {
  id: string;
  sendAfter: Date;
  /** The same instant, as exactly as the database has it. */
  at: string;
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

  async list({ treaty, iso3, on, status, limit }: MessageFilter): Promise<MessageRow[]> {
    const { rows } = await this.pool.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE treaty = $1 AND ($2::text IS NULL OR states @> ARRAY[$2]) AND ($3::text IS NULL OR status = $3) AND ($5::date IS NULL OR on_day = $5) ORDER BY on_day DESC, changed_at DESC, id LIMIT $4`,
      [treaty, iso3 ?? null, status ?? null, limit, on ?? null],
    );
    return rows;
  }

  /** Those whose time comes before an instant, the most urgent first; `after`: behind that one of the page before. */
  async due({ before, after, limit }: { before: Temporal.Instant; after?: DuePlace; limit: number }): Promise<DuePlace[]> {
    const { rows } = await this.pool.query<DuePlace>({
      name: 'letters-due', text: `SELECT id, send_after::text AS at, send_after AS "sendAfter" FROM notices.messages
        WHERE status IN ('planned', 'rendered') AND send_after <= $1 AND ($2::timestamptz IS NULL OR (send_after, id) > ($2, $3::uuid)) ORDER BY send_after, id LIMIT $4`,
      values: [before.toString(), after?.at ?? null, after?.id ?? null, limit],
    });
    return rows;
  }

  /** How many there are in each state in which they wait, be it for a person; those that are done with are not counted. */
  async waiting(): Promise<Partial<Record<MessageStatus, number>>> {
    const { rows } = await this.pool.query<{ status: MessageStatus; count: number }>(
      // As the partial indexes have it, one by one.
      [['planned', 'rendered'], ['sending'], ['held', 'failed', 'unknown']].map((of) => `SELECT status, count(*)::int AS count FROM notices.messages WHERE status IN ('${of.join("', '")}') GROUP BY status`).join(' UNION ALL '),
    );
    return { planned: 0, rendered: 0, sending: 0, held: 0, failed: 0, unknown: 0, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
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

  /** Also out of a run that is on hold; not where its State or its treaty is. */
  release(id: string, by: ByPerson): Promise<void> {
    return this.planAnew(id, "message.status = 'held'", [], by);
  }

  hold(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['planned', 'rendered'], 'held', by);
  }

  /** Also what failed, or may have: told in another way, or no longer worth telling. */
  skip(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['planned', 'rendered', 'held', 'failed', 'unknown'], 'skipped', by);
  }

  /** Somebody made sure that it got there, whatever the mail server said. */
  arrived(id: string, by: ByPerson): Promise<void> {
    return this.turn(id, ['failed', 'unknown'], 'sent', by);
  }

  /**
   * Once more, as if it had never been tried: assessed again, put into words again, under the same Message-ID.
   *
   * @param seenAt when it came to where the person saw it: whoever asks twice is refused the second time, also where it
   *   has failed once more meanwhile
   */
  sendAgain(id: string, seenAt: string, by: ByPerson): Promise<void> {
    return this.planAnew(id, "message.status IN ('failed', 'unknown') AND floor(extract(epoch FROM message.changed_at) * 1000) = $7", [Temporal.Instant.from(seenAt).epochMilliseconds], by);
  }

  /** What was said to somebody who is forgotten is forgotten too; its hash stays as proof that something was. */
  async forget(contactId: string): Promise<void> {
    await this.pool.query('UPDATE notices.messages SET mime = NULL, response = NULL WHERE contact_id = $1', [contactId]);
  }

  private async turn(id: string, from: readonly MessageStatus[], to: MessageStatus, { actor, reason }: ByPerson): Promise<void> {
    const turned = await turnMessages(this.pool, 'message.id = $6 AND message.status = ANY($7)', [id, from], { to, at: instantOf(this.clock), actor, reason });
    if (turned === 0) throw new Problem(409, 'not-in-that-state', `This message is not ${from.filter((status) => status !== 'rendered').join(' or ')}, or no longer.`);
  }

  private planAnew(id: string, where: string, values: readonly number[], { actor, reason }: ByPerson): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ treaty: string }>('SELECT treaty FROM notices.messages WHERE id = $1', [id]);
      const treaty = rows[0]?.treaty ?? '';
      await lockHolds(client, treaty);
      await refuseOnHold(client, id);
      const at = instantOf(this.clock);
      const turned = await turnMessages(client, `message.id = $6 AND ${where}`, [id, ...values], { to: 'planned', at, actor, reason });
      if (turned === 0) throw new Problem(409, 'not-in-that-state', 'This message is no longer as it was when you looked at it. Look again before you decide.');
      await reconcile(client, treaty, at);
    });
  }
}

/** A message under the hold of its State or its treaty waits for the end of that. */
const refuseOnHold = async (client: PoolClient, id: string): Promise<void> => {
  const { rows } = await client.query<{ iso3: string | null }>(
    `SELECT hold.iso3 FROM notices.messages AS message JOIN notices.holds AS hold ON hold.id = message.hold_id WHERE message.id = $1 AND message.status = 'held' AND hold.on_day IS NULL`, [id],
  );
  if (rows[0]) throw new Problem(409, 'on-hold', `This message waits because ${rows[0].iso3 === null ? 'all letters of its treaty are' : `the letters about ${rows[0].iso3} are`} on hold. Release them together, or skip it.`);
};
