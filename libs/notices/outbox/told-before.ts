import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { type Clock, instantOf } from '#platform';
import type { ByPerson, MessageStatus } from './message-row.js';
import { turnMessages } from './turn.js';

/**
 * After a backup was brought back: its rows do not know what became of messages since, so these would go out once more.
 * Whatever else still knows is held against them here.
 */
export class ToldBefore {
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * By the log, which is newer than the rows where it is kept elsewhere (KurrentDB).
   * @returns how many messages do not go out again
   */
  async byLog(by: ByPerson): Promise<number> {
    const last = new Map<string, string>();
    for (let after = 0, more = true; more; ) {
      const { events, next } = await this.log.readAll({ after, filter: { streamPrefixes: ['correspondence-'] }, max: PAGE });
      for (const { type, data } of events) if (typeof data['message'] === 'string') last.set(data['message'], type);
      after = next;
      more = events.length === PAGE;
    }
    let turned = 0;
    for (const [type, to] of ENDED) turned += await this.turn('message.id = ANY($6::uuid[])', [...last].flatMap(([id, said]) => (said === type ? [id] : [])), to, by);
    return turned;
  }

  /**
   * By Message-IDs in the log of the mail server, or in the mails themselves.
   * @returns how many messages do not go out again
   */
  byMessageIds(ids: readonly string[], by: ByPerson): Promise<number> {
    return this.turn('message.message_id = ANY($6)', ids, 'sent', by);
  }

  private turn(where: string, ids: readonly string[], to: MessageStatus, { actor, reason }: ByPerson): Promise<number> {
    return turnMessages(this.pool, `${where} AND message.status = ANY($7) AND message.status <> $8`, [ids, to === 'sent' ? [...OPEN, 'unknown'] : OPEN, to], { to, at: instantOf(this.clock), actor, reason });
  }
}

const OPEN: readonly MessageStatus[] = ['planned', 'rendered', 'held'];
const ENDED: readonly [string, MessageStatus][] = [['ReminderSent.v1', 'sent'], ['ReminderOutcomeUnknown.v1', 'unknown'], ['ReminderSkipped.v1', 'skipped']];
const PAGE = 1_000;
