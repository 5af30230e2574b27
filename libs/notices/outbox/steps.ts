import type { Pool } from 'pg';
import { type Clock, instantOf, withRetries } from '#platform';
import { NOT_ON_HOLD } from '../holds/hold.js';
import { impersonal } from './impersonal.js';
import { MESSAGE_COLUMNS, type MessageRow, type MessageStatus } from './message-row.js';
import { together } from './together.js';

/** A step that a message takes: from where it must still be, to where it rests. */
interface Step {
  id: string;
  from: MessageStatus;
  to: MessageStatus;
  reason: string | null;
  /** What the mail server said. */
  response: string | null;
}

/** Tries, two seconds apart at the most, before what became of a message that has left is given up as unknown. */
const PATIENCE = 30;

/**
 * The steps of messages, written down: what several letters do at one moment goes in one statement. A row moves only
 * from where the step expects it, so a second worker, or a second try whose answer was lost, finds nothing to move.
 */
export class Steps {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Null for what is no longer to go out. */
  readonly find = together(async (ids: readonly string[]): Promise<(MessageRow | null)[]> => {
    const { rows } = await this.pool.query<MessageRow>({ name: 'letters-find', text: `SELECT ${MESSAGE_COLUMNS} FROM notices.messages WHERE id = ANY($1::uuid[]) AND status IN ('planned', 'rendered')`, values: [ids] });
    return inOrder(ids, rows);
  });

  /**
   * Whoever turns `rendered` into `sending` sends: null for all others. Rows that somebody is working on are passed by,
   * so that two workers never wait for each other.
   */
  readonly claim = together(async (ids: readonly string[]): Promise<(Claimed | null)[]> => {
    const { rows } = await this.pool.query<Claimed>({
      name: 'letters-claim', text: `UPDATE notices.messages SET status = 'sending', attempts = attempts + 1, changed_at = $2
        WHERE id IN (SELECT id FROM notices.messages AS message WHERE id = ANY($1::uuid[]) AND status = 'rendered' AND ${NOT_ON_HOLD} FOR UPDATE SKIP LOCKED) RETURNING id, mime, attempts`,
      values: [ids, instantOf(this.clock)],
    });
    return inOrder(ids, rows);
  });

  /** Tries for a while where the database is away: a message that has left must not pass for one that may have. */
  readonly rest = together((steps: readonly Step[]): Promise<void[]> =>
    withRetries(async () => {
      await this.pool.query({
        name: 'letters-rest', text: `UPDATE notices.messages AS message SET status = step.became, reason = step.reason, response = COALESCE(step.response, message.response), changed_at = $6, changed_by = 'pacta', on_record = false
          FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS step (id, was, became, reason, response) WHERE message.id = step.id AND message.status = step.was`,
        values: [
          steps.map(({ id }) => id), steps.map(({ from }) => from), steps.map(({ to }) => to), steps.map(({ reason }) => reason),
          steps.map(({ response }) => (response === null ? null : impersonal(response))), instantOf(this.clock),
        ],
      });
      return steps.map(() => undefined);
    }, PATIENCE));

  /** Not now: it is tried again at a later instant. */
  later(id: string, from: 'planned' | 'sending', until: Temporal.Instant, response: string | null): Promise<void> {
    return withRetries(async () => {
      await this.pool.query(
        `UPDATE notices.messages SET status = $3, attempts = attempts + $4, send_after = $5, response = COALESCE($6, response), changed_at = $7 WHERE id = $1 AND status = $2`,
        [id, from, from === 'sending' ? 'rendered' : from, from === 'sending' ? 0 : 1, until.toString(), response === null ? null : impersonal(response), instantOf(this.clock)],
      );
    }, PATIENCE);
  }

  /** It was to go out in working hours, and nobody was there to send it. */
  async postpone(id: string, until: Temporal.Instant): Promise<void> {
    await this.pool.query(`UPDATE notices.messages SET send_after = $2 WHERE id = $1 AND status IN ('planned', 'rendered')`, [id, until.toString()]);
  }

  /** Where its recipient was erased while it was being sent, what was sent is to go as well. */
  async ifErased(id: string, forget: (messageId: string) => unknown): Promise<void> {
    const { rows } = await this.pool.query<{ messageId: string }>('SELECT message_id AS "messageId" FROM notices.messages WHERE id = $1 AND mime IS NULL', [id]);
    if (rows[0]) await forget(rows[0].messageId);
  }

  /** Of messages that were being sent when their process died. `before`: no process of ours sends for so long. */
  async giveUpOnLost(before: Temporal.Instant): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE notices.messages SET status = 'unknown', reason = 'The process that was sending it ended before the mail server had answered.', changed_at = $1, changed_by = 'pacta', on_record = false
       WHERE status = 'sending' AND changed_at < $2`,
      [instantOf(this.clock), before.toString()],
    );
    return rowCount ?? 0;
  }
}

/** A message that is ours to send. */
interface Claimed {
  id: string;
  /** Null where its recipient was erased meanwhile. */
  mime: Buffer | null;
  /** This one included. */
  attempts: number;
}

const inOrder = <Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
};
