import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { cleanEnvironment } from './cluster.js';
import { ensureDatabase } from './database.js';
import { diskFull, EmbeddedPostgresError } from './error.js';
import { freePort } from './free-port.js';
import { removeMisleadingPidFile, runningPostmaster } from './postmaster.js';
import { logFile, openLog, reasonIn, writtenSince } from './server-log.js';
import type { ServerUser } from './server-user.js';

export type ServerPlan = { home: string; folder: string; binaries: Binaries; user: ServerUser; extraFlags: string[]; onProgress: (message: string) => void };

/** No Unix socket: its path must be short and somewhere both users may write, and nobody needs it. */
const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '200',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

/** Brings the server up, or adopts one that a killed process left running, and gives the URL of our database. */
export const bringUp = async (plan: ServerPlan): Promise<string> => (await adopt(plan)) ?? launch(plan);

/** Undefined if there is none, or if it was on its way out. */
const adopt = async ({ home, folder, onProgress }: ServerPlan): Promise<string | undefined> => {
  let said = false;
  for (let running; (running = await runningPostmaster(folder)); await sleep(50)) {
    if (!said) onProgress(`PostgreSQL is still running from before (pid ${running.pid})`);
    said = true;
    const url = running.status === 'ready' ? await ensureDatabase(home, running.port) : undefined;
    if (url) return url;
  }
  return undefined;
};

const ATTEMPTS = 20;

const launch = async (plan: ServerPlan): Promise<string> => {
  await removeMisleadingPidFile(plan.folder);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await launchOnce(plan);
    if ('url' in outcome) return outcome.url;
    // Another program was faster to the port, or the children of a killed server have not all ended yet.
    const passes = /Address already in use|pre-existing shared memory block/.test(outcome.log);
    if (passes && attempt < ATTEMPTS) await sleep(500);
    else throw failure(plan, outcome.log);
  }
};

const failure = ({ home, folder }: ServerPlan, log: string): EmbeddedPostgresError =>
  /No space left on device|Disk quota exceeded/.test(log)
    ? diskFull(home)
    : new EmbeddedPostgresError(`PostgreSQL cannot start on ${folder} (${reasonIn(log)}): restore a backup, or move ${folder} away to begin afresh; the log is ${logFile(home)}.`);

const launchOnce = async (plan: ServerPlan): Promise<{ url: string } | { log: string }> => {
  const { home, folder, binaries, user, extraFlags, onProgress } = plan;
  const log = await openLog(home);
  const port = await freePort();
  const flags = Object.entries({ ...FLAGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let ended = false;
  try {
    // In a session of its own: Ctrl-C is for us, and we stop the server when nothing needs it any more.
    const child = spawn(binaries.postgres, ['-D', folder, ...flags, ...extraFlags], {
      uid: user.uid, gid: user.gid, cwd: '/', env: cleanEnvironment(), detached: true, stdio: ['ignore', log.file.fd, log.file.fd],
    });
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    child.once('exit', () => (ended = true));
    child.unref();
    const url = await Promise.race([failed, ready(home, folder, () => ended, onProgress)]);
    return url ? { url } : { log: await writtenSince(home, log.end) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall?.startsWith('spawn'))
      throw new EmbeddedPostgresError(`The embedded PostgreSQL does not run on this machine (${(cause as Error).message}): set DATABASE_URL to a PostgreSQL server.`, { cause });
    throw cause;
  } finally {
    await log.file.close();
  }
};

/** However long it takes: after a crash PostgreSQL first replays what it had promised. Undefined once it has ended instead. */
const ready = async (home: string, folder: string, ended: () => boolean, onProgress: (message: string) => void): Promise<string | undefined> => {
  const since = Date.now();
  for (let told = 0; !ended(); await sleep(20)) {
    const running = await runningPostmaster(folder);
    const url = running?.status === 'ready' ? await ensureDatabase(home, running.port) : undefined;
    if (url) return url;
    const waited = Math.floor((Date.now() - since) / 10_000);
    if (waited > told) onProgress(`PostgreSQL is still starting (${waited * 10} s): it may be recovering from a crash`);
    told = waited;
  }
  return undefined;
};
