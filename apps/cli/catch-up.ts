import { setTimeout as sleep } from 'node:timers/promises';
import { cursorOf, Projector } from '#read-models';
import type { Ground } from '../ground/index.js';
import { withProgress } from './output.js';

/**
 * Until the read models have taken in all of the log. Where a service runs, it does that; where none does, we do: a
 * projector of ours waits for the lease, and gets it if nobody has it.
 */
export const catchUp = async ({ pool, log }: Ground): Promise<void> => {
  const head = await log.lastPosition();
  const start = await cursorOf(pool);
  if (start >= head) return;
  let failure: unknown = null;
  const projector = new Projector(pool, log, (error) => (failure = error));
  projector.start();
  try {
    await withProgress('Bringing the read models up to date', async (onProgress) => {
      for (let cursor = start; cursor < head; cursor = await cursorOf(pool)) {
        if (failure) throw failure as Error;
        onProgress(cursor - start, head - start);
        await sleep(20);
      }
    });
  } finally {
    await projector.stop();
  }
};
