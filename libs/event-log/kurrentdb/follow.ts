import { backoff, pause } from '#platform';
import type { Batch, Filter, FollowOptions, Position } from '../port.js';
import { unlessAborted } from '../unless-aborted.js';
import type { Connection } from './connection.js';
import { Feed } from './feed.js';
import type { Page, Reader } from './reader.js';
import { NoAnswer, verdictOn } from './verdict.js';

/** Milliseconds without news after which a follower looks by itself, should its subscription have gone silent. */
const LOOK_EVERY = 1_000;

/** Events in a batch unless asked otherwise. */
const AT_ONCE = 1_000;

/** Milliseconds for a piece; a filter that lets nothing through may read far before it has something to say. */
const READING = 30_000;

/**
 * Reads up to the head, then subscribes, and does both again whenever the subscription ends. The cursor joins them: what
 * stands at or before it is passed over, so nothing comes twice, and each begins right behind it, so nothing is left out.
 * Throws only what trying again cannot help.
 */
export class Follower {
  private cursor: Position;
  private wasLive = false;

  constructor(
    private readonly connection: Connection,
    private readonly reader: Reader,
    private readonly options: FollowOptions,
  ) {
    this.cursor = options.after;
  }

  async *follow(): AsyncGenerator<Batch, void, undefined> {
    const { signal } = this.options;
    for (let failures = 0; !signal.aborted;) {
      const before = this.cursor;
      try {
        yield* this.catchUp();
        yield* this.goLive();
      } catch (error) {
        if (signal.aborted) return;
        if (!verdictOn(error).startsWith('retry')) throw error;
        failures = this.cursor > before ? 1 : failures + 1;
        await pause(backoff(failures), signal);
      }
    }
  }

  private async *catchUp(): AsyncGenerator<Batch, void, undefined> {
    const { signal, filter, max = AT_ONCE } = this.options;
    const pages = this.reader.pages({ after: this.cursor, filter, max }, { limit: READING });
    try {
      while (!signal.aborted) {
        const page = await unlessAborted(pages.next(), signal);
        if (!page || page.done) return;
        yield* this.give(page.value.events, page.value.next, page.value.ended);
      }
    } catch (error) {
      // Nothing matched in all that time: a subscription says meanwhile how far it is.
      if (!(error instanceof NoAnswer && filter)) throw error;
    }
  }

  private async *goLive(): AsyncGenerator<Batch, void, undefined> {
    const { signal, filter, max = AT_ONCE } = this.options;
    const { client } = this.connection;
    const feed = new Feed(client, this.cursor, filter);
    try {
      while (!signal.aborted) {
        const { events, position } = feed.take(max);
        const fresh = events.filter((event) => event.position > this.cursor);
        if (fresh.length > 0 || position > this.cursor) yield* this.give(fresh, position, feed.live);
        if (events.length > 0 || (await feed.news(LOOK_EVERY, signal)) || signal.aborted) continue;
        // A page that holds events that the subscription has not brought: it has gone silent, and a new one is made.
        const page = await unlessAborted(this.look(filter, max), signal);
        if (!page) return;
        if (page.next > this.cursor) yield* this.give(page.events, page.next, page.ended);
        if (page.events.length > 0) return;
      }
    } catch (error) {
      if (verdictOn(error) === 'retry on a new client') this.connection.renew(client);
      throw error;
    } finally {
      feed.close();
    }
  }

  private async look(filter: Filter | undefined, max: number): Promise<Page> {
    const head = await this.reader.head();
    return head > this.cursor ? this.reader.page({ after: this.cursor, filter, max }, { limit: READING }) : { events: [], next: this.cursor, ended: true };
  }

  private *give(events: Batch['events'], position: Position, live: boolean): Generator<Batch, void, undefined> {
    const moved = position > this.cursor;
    this.cursor = Math.max(this.cursor, position);
    const first = live && !this.wasLive;
    this.wasLive ||= live;
    if (moved || first) yield { events, position: this.cursor, live };
  }
}
