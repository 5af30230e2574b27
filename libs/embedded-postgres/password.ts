import { randomBytes } from 'node:crypto';
import { chown, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, isCode } from './error.js';
import type { ServerUser } from './server-user.js';

export const passwordFile = (home: string): string => join(home, 'postgres-password');

/** A password that the server's user can read too: initdb takes it from the file. On disk before any cluster is made with it. */
export const ensurePassword = async (home: string, user: ServerUser): Promise<void> => {
  const path = passwordFile(home);
  if ((await stat(path).catch(() => undefined))?.size) return;
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(randomBytes(24).toString('base64url'));
    await file.sync();
  } finally {
    await file.close();
  }
  if (user.uid !== undefined && user.gid !== undefined) await chown(`${path}.new`, user.uid, user.gid);
  await rename(`${path}.new`, path);
};

export const readPassword = async (home: string): Promise<string> => {
  try {
    return (await readFile(passwordFile(home), 'utf8')).trim();
  } catch (cause) {
    if (!isCode(cause, 'ENOENT')) throw cause;
    throw new EmbeddedPostgresError(`The file ${passwordFile(home)} is missing and the database cannot be opened without it: restore it from a backup, or move ${home} away to begin afresh.`, { cause });
  }
};
