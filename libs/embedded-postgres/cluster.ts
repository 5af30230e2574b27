import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { diskFull, EmbeddedPostgresError, isCode } from './error.js';
import { ensurePassword, passwordFile } from './password.js';
import type { ServerUser } from './server-user.js';

const UNFINISHED = 'postgres.new-';

export const USER = 'pacta';

/** Nothing of the caller's environment that starts with PG may reach a server of ours (PGDATA, PGPORT, PGOPTIONS …). */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  ({ ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))), LC_ALL: 'C' });

const isThere = async (folder: string): Promise<boolean> => {
  const content = await readdir(folder).catch((cause: unknown) => {
    if (isCode(cause, 'ENOENT')) return [];
    throw cause;
  });
  return content.length > 0;
};

/**
 * Makes the data folder, unless there is one. It appears by a rename once it is complete: a start that is killed half
 * way leaves only a folder under another name, which the next one (the lock's holder) sweeps up.
 */
export const ensureCluster = async (home: string, binaries: Binaries, user: ServerUser, onProgress: (message: string) => void): Promise<string> => {
  const folder = join(home, 'postgres');
  await sweep(home);
  if (await isThereFor(user, folder)) return folder;
  onProgress(`Creating a database in ${folder}`);
  await ensurePassword(home, user);
  const unfinished = await mkdtemp(join(home, UNFINISHED));
  try {
    if (user.uid !== undefined && user.gid !== undefined) await chown(unfinished, user.uid, user.gid);
    await initdb(home, unfinished, binaries, user);
    await rename(unfinished, folder);
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    throw cause;
  }
  return folder;
};

/** The initdb of a killed start may still be writing, so what cannot be removed yet is left to the next start. */
const sweep = async (home: string): Promise<void> => {
  const unfinished = (await readdir(home)).filter((name) => name.startsWith(UNFINISHED));
  await Promise.allSettled(unfinished.map((name) => rm(join(home, name), { recursive: true, force: true, maxRetries: 3 })));
};

const isThereFor = async (user: ServerUser, folder: string): Promise<boolean> => {
  try {
    return await isThere(folder);
  } catch (cause) {
    throw new EmbeddedPostgresError(`The data folder ${folder} cannot be read by ${user.name === 'self' ? 'this user' : user.name} (${(cause as Error).message}): run as the user it belongs to, or set PACTA_HOME to a folder of your own.`, { cause });
  }
};

/** Locale: byte order for sorting, Unicode for letters, and no dependency on what locales the machine has. */
const initdb = async (home: string, folder: string, binaries: Binaries, user: ServerUser): Promise<void> => {
  const options = [
    `--pgdata=${folder}`, `--username=${USER}`, `--pwfile=${passwordFile(home)}`, '--auth=scram-sha-256',
    '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, { uid: user.uid, gid: user.gid, cwd: '/', env: cleanEnvironment() });
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr ?? '';
    if (/No space left on device|Disk quota exceeded/.test(said)) throw diskFull(home, cause);
    const line = said.split('\n').find((each) => /error|fatal/i.test(each)) ?? (cause as Error).message;
    throw new EmbeddedPostgresError(`No database could be created in ${home} (${line.trim()}): set PACTA_HOME to another folder, or DATABASE_URL to a PostgreSQL server.`, { cause });
  }
};
