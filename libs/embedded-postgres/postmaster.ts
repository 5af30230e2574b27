import { readFile, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, isCode } from './error.js';
import { commandLineOf, isRunning } from './running.js';

/** PostgreSQL's main process, as its own pid file describes it. */
export type Postmaster = { pid: number; port: number; status: string };

const pidFile = (folder: string): string => join(folder, 'postmaster.pid');

/** The server that runs on this data folder, whoever started it. */
export const runningPostmaster = async (folder: string): Promise<Postmaster | undefined> => {
  const found = await readPidFile(folder);
  return found && servesFolder(found) ? found : undefined;
};

const readPidFile = async (folder: string): Promise<(Postmaster & { folder: string }) | undefined> => {
  try {
    const [pid, itsFolder, , port, , , , status] = (await readFile(pidFile(folder), 'utf8')).split('\n');
    return Number(pid) > 0 ? { pid: Number(pid), folder: itsFolder ?? folder, port: Number(port), status: status?.trim() ?? '' } : undefined;
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined;
    throw cause;
  }
};

/** A pid is used again after a restart of the machine or container, then most likely by some other program. */
const servesFolder = ({ pid, folder }: { pid: number; folder: string }): boolean => {
  if (!isRunning(pid)) return false;
  const line = commandLineOf(pid);
  return !line || (basename(line[0] ?? '') === 'postgres' && line.includes(folder));
};

/**
 * PostgreSQL refuses to start if the pid in its file belongs to any program of the same user. Only then is the file
 * removed: where the process is dead, PostgreSQL looks itself whether children of it still hold the shared memory.
 */
export const removeMisleadingPidFile = async (folder: string): Promise<void> => {
  const found = await readPidFile(folder);
  if (found && isRunning(found.pid) && !servesFolder(found)) await unlink(pidFile(folder));
};

const SIGNAL_OF_PATIENCE = [['SIGINT', 60_000], ['SIGQUIT', 10_000]] as const;

/** Stops the server the fast way (sessions are ended, nothing is lost), or, should that hang, as a crash it recovers from. */
export const stopPostmaster = async (folder: string): Promise<void> => {
  for (const [signal, patience] of SIGNAL_OF_PATIENCE) {
    const running = await runningPostmaster(folder);
    if (!running) return;
    try {
      process.kill(running.pid, signal);
    } catch (cause) {
      if (isCode(cause, 'ESRCH')) return;
      throw cause;
    }
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) if (!isRunning(running.pid)) return;
  }
  throw new EmbeddedPostgresError(`PostgreSQL on ${folder} does not stop: look at the log beside it and end it by hand.`);
};
