import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './error.js';
import type { ServerUser } from './server-user.js';

const deepestExisting = (path: string): string => (existsSync(path) ? realpathSync(path) : deepestExisting(dirname(path)));

const wayTo = (path: string): string[] => (path === dirname(path) ? [path] : [...wayTo(dirname(path)), path]);

/**
 * The first folder (or program) on the way to `path` that `user` cannot enter (or run); undefined if the way is open.
 * Asked as that user rather than read off the mode bits, so that access lists and mount options count too.
 */
export const closedTo = (user: ServerUser, path: string): string | undefined => {
  if (user.uid === undefined) return undefined;
  const script = 'for each in "$@"; do [ -x "$each" ] || { printf %s "$each"; exit 0; }; done';
  const asked = spawnSync('/bin/sh', ['-c', script, 'sh', ...wayTo(deepestExisting(path))], { uid: user.uid, gid: user.gid, cwd: '/', encoding: 'utf8' });
  if (asked.error)
    throw new EmbeddedPostgresError(`PostgreSQL refuses to run as root, and nothing can be run as ${user.name} here (${asked.error.message}): run as an ordinary user, or set DATABASE_URL.`);
  return asked.stdout || undefined;
};
