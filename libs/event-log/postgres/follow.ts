import { setTimeout as sleep } from 'node:timers/promises';
import { backoff, isTransient } from '#platform';
import type { Batch, FollowOptions } from '../port.js';
import { unlessAborted } from '../unless-aborted.js';
import type { HeadWatch } from './head-watch.js';
import type { Page } from './read-events.js';

/** Milliseconds after which a follower looks by itself, should a notification have been lost. */
const LOOK_EVERY = 1_000;

/**
 * Pages up to the head, then waits for news and pages on. Nothing is read before the consumer asks for the next batch,
 * so a slow consumer is never run over. Ends when the signal aborts; throws only what trying again cannot help.
 */
export async function* follow(
  read: (after: number) => Promise<Page>, watch: HeadWatch, { after, signal }: FollowOptions,
): AsyncGenerator<Batch, void, undefined> {
  let position = after;
  let wasLive = false;
  let failures = 0;
  while (!signal.aborted) {
    const page = await unlessAborted(read(position), signal).catch(async (error: unknown) => {
      if (!isTransient(error)) throw error;
      await sleep(backoff(++failures), undefined, { signal }).catch(() => undefined);
    });
    if (signal.aborted) return;
    if (!page) continue;
    failures = 0;
    const live = page.next >= page.head;
    const news = page.next > position || (live && !wasLive);
    position = page.next;
    if (live) wasLive = true;
    if (news) yield { events: page.events, position, live };
    if (live) await watch.beyond(position, LOOK_EVERY, signal);
  }
}
