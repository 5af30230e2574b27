import type { Pool } from 'pg';
import type { EventLog, RecordedEvent } from '#event-log';
import { type Clock, inTransaction, instantOf, pause } from '#platform';
import type { TreatyRules } from '#treaty';
import { publicEventOf } from '../catalogue/public-event.js';
import { oweNews } from '../delivery/owe.js';
import { concernedIn, PublishedEvents, publish } from './published-events.js';

export interface FollowerParts {
  pool: Pool;
  log: EventLog;
  clock: Clock;
  treaties: ReadonlyMap<string, TreatyRules>;
  onError: (error: unknown) => void;
  /** Told when something is owed to anyone. */
  onOwed: () => void;
}

/** Events taken in at once: with a thousand endpoints each may be owed a thousand times. */
const MOST_NEWS = 50;
const BATCH = 1_000;

/**
 * Follows the log: writes down each public event and what it is owed to, in the transaction that moves the cursor. So
 * every event is owed exactly once to whoever had asked for it by then, whenever a process dies.
 */
export class Follower {
  constructor(private readonly parts: FollowerParts) {}

  async follow(held: AbortSignal): Promise<void> {
    const { pool, log, onError } = this.parts;
    while (!held.aborted) {
      try {
        const after = await new PublishedEvents(pool).position();
        for await (const { events, position } of log.follow({ after, max: BATCH, signal: held, name: 'publish' })) await this.takeIn(events, position);
      } catch (error) {
        if (held.aborted) return;
        onError(error);
        await pause(1_000, held);
      }
    }
  }

  private async takeIn(events: readonly RecordedEvent[], position: number): Promise<void> {
    // History is owed to nobody and goes in whole; news in portions that a transaction can bear.
    const news = events.filter(({ metadata }) => metadata['history'] !== true);
    if (news.length <= MOST_NEWS) return this.takeInTogether(events, position);
    for (let from = 0; from < events.length; from += MOST_NEWS) {
      const portion = events.slice(from, from + MOST_NEWS);
      await this.takeInTogether(portion, from + MOST_NEWS >= events.length ? position : (portion.at(-1)?.position ?? position));
    }
  }

  private async takeInTogether(events: readonly RecordedEvent[], position: number): Promise<void> {
    const { pool, clock, treaties, onOwed } = this.parts;
    const owed = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ position: string }>('SELECT position FROM webhooks.cursor FOR UPDATE');
      const cursor = Number(rows[0]?.position ?? 0);
      if (position <= cursor) return 0;
      const fresh = events.filter((event) => event.position > cursor);
      const concerned = await concernedIn(client, fresh.flatMap(concernedBy));
      const shown = fresh.flatMap((event) => {
        const one = publicEventOf(event, treaties, (id) => concerned.get(id));
        // What is corrected later in the same batch is known from here.
        if (one) concerned.set(one.id, { type: one.type, theme: one.theme });
        return one ? [one] : [];
      });
      if (shown.length > 0) await publish(client, shown);
      await client.query('UPDATE webhooks.cursor SET position = $1', [position]);
      return shown.some(({ history }) => !history) ? oweNews(client, instantOf(clock), cursor, position) : 0;
    });
    if (owed > 0) onOwed();
  }
}

/** The fact that a correction or retraction names. */
const concernedBy = ({ data }: RecordedEvent): string[] => {
  const { data: said } = data as { data?: { fact?: unknown } };
  return typeof said?.fact === 'string' && /^[0-9a-f-]{36}$/.test(said.fact) ? [said.fact] : [];
};
