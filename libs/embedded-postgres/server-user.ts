import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError } from './error.js';

/** Who PostgreSQL runs as. Without ids: whoever we are. */
export type ServerUser = { name: string; uid?: number; gid?: number };

const isRoot = (): boolean => process.getuid?.() === 0;

const number = (flag: '-u' | '-g', name: string): number =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

const lookUp = (name: string): ServerUser | undefined => {
  try {
    return { name, uid: number('-u', name), gid: number('-g', name) };
  } catch {
    return undefined;
  }
};

const ownerOf = (folder: string): ServerUser | undefined => {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { name: `uid ${found.uid}`, uid: found.uid, gid: found.gid } : undefined;
};

const createPostgres = (): ServerUser | undefined => {
  spawnSync('/usr/sbin/useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
  return lookUp('postgres');
};

/**
 * PostgreSQL refuses to run as root, so root lends it another user. A data folder that exists keeps its owner:
 * a home made by an ordinary user can be started by root too.
 */
export const serverUser = (dataFolder: string): ServerUser => {
  if (!isRoot()) return { name: 'self' };
  const user = ownerOf(dataFolder) ?? lookUp('postgres') ?? createPostgres() ?? lookUp('nobody');
  if (!user) throw new EmbeddedPostgresError('PostgreSQL refuses to run as root and no other user could be found or made: run as an ordinary user, or set DATABASE_URL.');
  return user;
};

/** As `serverUser`, for a look at permissions only: creates nobody. */
export const likelyServerUser = (): ServerUser => {
  if (!isRoot()) return { name: 'self' };
  return lookUp('postgres') ?? lookUp('nobody') ?? { name: 'nobody', uid: 65_534, gid: 65_534 };
};
