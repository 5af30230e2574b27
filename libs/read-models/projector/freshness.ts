import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { pause, Problem } from '#platform';
import { cursorOf } from './projector.js';

/** Waits until the read models have taken in a position: whoever recorded something can ask for an answer that knows it. */
export const waitForPosition = async (pool: Pool, position: number, patienceMs = 5_000): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
    const cursor = await cursorOf(pool);
    if (cursor >= position) return;
    if (Date.now() > deadline) {
      throw new Problem(503, 'not-that-far-yet', `The answer does not know position ${position} yet (it is at ${cursor}). Ask again shortly.`, { position: cursor });
    }
    await sleep(wait);
  }
};

/**
 * True once the read models have taken in all that the log held when this was called; false where the signal aborts
 * before. Read models that are being built anew know nothing yet of what has arrived: everything would look overdue.
 */
export const untilCurrent = async (pool: Pool, log: Pick<EventLog, 'lastPosition'>, signal: AbortSignal): Promise<boolean> => {
  for (let head: number | null = null; !signal.aborted; await pause(100, signal)) {
    try {
      head ??= await log.lastPosition();
      if ((await cursorOf(pool)) >= head) return true;
    } catch {
      // Neither may answer yet; whoever waits, waits for both.
    }
  }
  return false;
};
