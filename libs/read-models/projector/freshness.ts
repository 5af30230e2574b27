import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Problem } from '#platform';
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
