import type { Pool } from 'pg';
import type { EventLog, RecordedEvent } from '#event-log';
import { type Clock, inTransaction, instantOf, pause } from '#platform';
import type { TreatyRules } from '#treaty';
import { publicEventOf } from '../catalogue/public-event.js';
import { oweNews } from '../delivery/owe.js';
import { cursorIn, moveCursor, takeCursor } from './cursor.js';
import { concernedIn, publish } from './published-events.js';

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
        const after = await cursorIn(pool, log);
        for await (const { events } of log.follow({ after, max: BATCH, signal: held, name: 'publish' })) await this.takeIn(events);
      } catch (error) {
        if (held.aborted) return;
        onError(error);
        await pause(1_000, held);
      }
    }
  }

  private async takeIn(events: readonly RecordedEvent[]): Promise<void> {
    // History is owed to nobody and goes in whole; news in portions that a transaction can bear.
    const news = events.filter(({ metadata }) => metadata['history'] !== true);
    const portion = news.length <= MOST_NEWS ? BATCH : MOST_NEWS;
    for (let from = 0; from < events.length; from += portion) await this.takeInTogether(events.slice(from, from + portion));
  }

  private async takeInTogether(events: readonly RecordedEvent[]): Promise<void> {
    const { pool, clock, treaties, onOwed } = this.parts;
    const owed = await inTransaction(pool, async (client) => {
      const cursor = await takeCursor(client);
      const fresh = events.filter((event) => event.position > cursor.logPosition);
      const last = fresh.at(-1);
      if (!last) return 0;
      const publicPosition = (position: number): number => cursor.position + (position - cursor.logPosition);
      const concerned = await concernedIn(client, fresh.flatMap(concernedBy));
      const shown = fresh.flatMap((event) => {
        const one = publicEventOf({ ...event, position: publicPosition(event.position) }, treaties, (id) => concerned.get(id));
        // What is corrected later in the same batch is known from here.
        if (one) concerned.set(one.id, { type: one.type, theme: one.theme });
        return one ? [one] : [];
      });
      if (shown.length > 0) await publish(client, shown);
      await moveCursor(client, publicPosition(last.position), last);
      return shown.some(({ history }) => !history) ? oweNews(client, instantOf(clock), cursor.position, publicPosition(last.position)) : 0;
    });
    if (owed > 0) onOwed();
  }
}

/** The fact that a correction or retraction names. */
const concernedBy = ({ data }: RecordedEvent): string[] => {
  const { data: said } = data as { data?: { fact?: unknown } };
  return typeof said?.fact === 'string' && /^[0-9a-f-]{36}$/.test(said.fact) ? [said.fact] : [];
};
