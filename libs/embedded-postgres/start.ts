import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { EmbeddedPostgresError, inASentence } from './error.js';
import { hasGuests, signIn, signOut } from './guests.js';
import { openHome, refuseClosed } from './home.js';
import { lives, newHolder, readHolder, releaseLock, replaceLock, takeLock, type Holder, type Role } from './lock.js';
import { runningPostmaster, stopPostmaster } from './postmaster.js';
import { reachDatabase } from './database.js';
import { bringUp } from './server.js';
import { serverUser } from './server-user.js';

export type EmbeddedPostgresOptions = {
  /** Folder for everything: the data (`postgres`), the log, the password and the lock. */
  home: string;
  /** A `service` is alone on its home; a `tool` uses the server of whoever is there already. */
  role: Role;
  /** Told in a short sentence what takes time. */
  onProgress?: (message: string) => void;
  /** Further arguments for `postgres`, such as `['-c', 'fsync=off']` for a server that only tests use. */
  extraFlags?: string[];
};

export type EmbeddedPostgres = {
  /** Of the database `pacta`, with its password: not for a log. */
  url: string;
  /** Whether this call holds the home, and so ends the server with `stop`. */
  owned: boolean;
  stop(): Promise<void>;
};

type Desk = { home: string; lock: string; folder: string; options: EmbeddedPostgresOptions; onProgress: (message: string) => void };

const PATIENCE_MS = 60_000;

/** A real PostgreSQL on a folder: started, adopted from a process that was killed, or shared with the one that runs. */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const asked = resolve(options.home);
  try {
    const home = await openHome(asked);
    return await comeIn({ home, lock: join(home, 'lock'), folder: join(home, 'postgres'), options, onProgress: options.onProgress ?? (() => undefined) });
  } catch (cause) {
    throw inASentence(cause, asked);
  }
};

const comeIn = async (desk: Desk): Promise<EmbeddedPostgres> => {
  const mine = newHolder(desk.options.role);
  const end = Date.now() + PATIENCE_MS;
  for (let told = ''; ; await sleep(100)) {
    const holder = await takeLock(desk.lock, mine);
    if (!holder) return own(desk, mine);
    if (desk.options.role === 'tool' && !holder.stopping) {
      const joined = await joinHolder(desk, holder);
      if (joined) return joined;
      continue;
    }
    if (holder.role === 'service' && !holder.stopping)
      throw new EmbeddedPostgresError(`Pacta is already running on this data folder (pid ${holder.pid}): ${desk.home}.`);
    if (Date.now() > end)
      throw new EmbeddedPostgresError(`Another Pacta ${holder.role} (pid ${holder.pid}) has been working on ${desk.home} for over a minute: start again when it has ended.`);
    if (told !== holder.nonce) desk.onProgress(`Waiting for a Pacta ${holder.role} (pid ${holder.pid}) to end`);
    told = holder.nonce;
  }
};

const own = async (desk: Desk, mine: Holder): Promise<EmbeddedPostgres> => {
  try {
    const user = serverUser(desk.folder);
    refuseClosed(desk.home, user);
    const binaries = await findBinaries(user);
    await ensureCluster(desk.home, binaries, user, desk.onProgress);
    const url = await bringUp({ ...desk, binaries, user, extraFlags: desk.options.extraFlags ?? [] });
    return { url, owned: true, stop: once(() => leave(desk, mine)) };
  } catch (cause) {
    await stopPostmaster(desk.folder).catch(() => undefined);
    await releaseLock(desk.lock, mine).catch(() => undefined);
    throw cause;
  }
};

/**
 * A tool that ends leaves the server to the guests it still has: the last of them stops it. A service does not wait.
 * First "stopping", then the look at the guests; a guest signs in first, then looks for "stopping": one sees the other.
 */
const leave = async (desk: Desk, mine: Holder): Promise<void> => {
  await replaceLock(desk.lock, { ...mine, stopping: true });
  if (mine.role === 'service' || !(await hasGuests(desk.home))) await stopPostmaster(desk.folder);
  await releaseLock(desk.lock, mine);
};

/** Undefined if the holder ends or dies meanwhile: ask again who is there. */
const joinHolder = async (desk: Desk, holder: Holder): Promise<EmbeddedPostgres | undefined> => {
  const guest = newHolder('tool');
  await signIn(desk.home, guest);
  const end = Date.now() + 2 * PATIENCE_MS;
  for (; await isStill(desk, holder); await sleep(50)) {
    const running = await runningPostmaster(desk.folder);
    const url = running?.status === 'ready' ? await reachDatabase(desk.home, running.port) : undefined;
    if (url) return { url, owned: false, stop: once(() => leaveAsGuest(desk, guest)) };
    if (Date.now() > end) {
      await signOut(desk.home, guest);
      throw new EmbeddedPostgresError(`Pacta (pid ${holder.pid}) holds ${desk.home}, but its PostgreSQL does not come up: see what it says, or stop it.`);
    }
  }
  await signOut(desk.home, guest);
  return undefined;
};

const isStill = async (desk: Desk, holder: Holder): Promise<boolean> => {
  const now = await readHolder(desk.lock);
  return typeof now === 'object' && now.nonce === holder.nonce && !now.stopping && lives(holder);
};

const leaveAsGuest = async (desk: Desk, guest: Holder): Promise<void> => {
  await signOut(desk.home, guest);
  const last = { ...newHolder('tool', true) };
  if (!(await takeLock(desk.lock, last))) await leave(desk, last);
};

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => (done ??= action());
};
