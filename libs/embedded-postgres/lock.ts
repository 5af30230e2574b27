import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCode } from './error.js';
import { beginningOf, isRunning } from './running.js';

export type Role = 'service' | 'tool';

/** Who holds a lock. `nonce` tells two holders in one process apart; `stopping` tells others not to join any more. */
export type Holder = { pid: number; role: Role; since: string; beginning?: string; nonce: string; stopping: boolean };

/** A file is written in one go, but not in one instant: an empty one is a crash only after this long. */
const HALF_WRITTEN_MS = 2_000;

export const newHolder = (role: Role, stopping = false): Holder => ({
  pid: process.pid,
  role,
  since: new Date().toISOString(),
  beginning: beginningOf(process.pid),
  nonce: randomUUID(),
  stopping,
});

export const lives = (holder: Holder): boolean => isRunning(holder.pid, holder.beginning);

/**
 * Takes the lock, or says which living process holds it.
 *
 * A lock left by the dead is replaced under a second lock of the same kind, and only if it is still the one that was
 * found dead: otherwise two starters could both find it, and the slower one throw out the faster one's new lock.
 */
export const takeLock = async (path: string, mine: Holder): Promise<Holder | undefined> => {
  for (;;) {
    if (await create(path, mine)) return undefined;
    const found = await readHolder(path);
    if (found === 'gone') continue;
    if (found === 'half-written') {
      await sleep(50);
      continue;
    }
    if (found && lives(found)) return found;
    const guard = `${path}.takeover`;
    if (await takeLock(guard, mine)) {
      await sleep(20);
      continue;
    }
    try {
      const now = await readHolder(path);
      if (nonceOf(now) === nonceOf(found) && now !== 'gone' && now !== 'half-written') {
        await replaceLock(path, mine);
        return undefined;
      }
    } finally {
      await unlink(guard);
    }
  }
};

/** For its holder only: nobody else touches the lock of a living process. */
export const replaceLock = async (path: string, mine: Holder): Promise<void> => {
  const written = `${path}.${mine.nonce}`;
  await writeFile(written, JSON.stringify(mine));
  await rename(written, path);
};

/** Gives the lock up, if it is (still) ours: the home may have been moved away meanwhile. */
export const releaseLock = async (path: string, mine: Holder): Promise<void> => {
  if (nonceOf(await readHolder(path)) === mine.nonce) await unlink(path);
};

/** Undefined for a file that no living process will ever complete. */
export const readHolder = async (path: string): Promise<Holder | 'gone' | 'half-written' | undefined> => {
  try {
    const text = await readFile(path, 'utf8');
    if (text.endsWith('}')) return JSON.parse(text) as Holder;
    return Date.now() - (await stat(path)).mtimeMs < HALF_WRITTEN_MS ? 'half-written' : undefined;
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return 'gone';
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};

const nonceOf = (found: Holder | string | undefined): string | undefined => (typeof found === 'object' ? found.nonce : undefined);

const create = async (path: string, mine: Holder): Promise<boolean> => {
  try {
    await writeFile(path, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false;
    throw cause;
  }
};
