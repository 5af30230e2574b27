import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './error.js';
import { closedTo } from './reach.js';
import { likelyServerUser, type ServerUser } from './server-user.js';

/**
 * Where this checkout keeps its data: `PACTA_HOME`, else `var` in the checkout, else, where PostgreSQL's user may not
 * enter the checkout (root's own folder, say), a folder of this checkout's own under /var/tmp; `reason` then says so.
 */
export const defaultHome = (checkoutRoot: string): { home: string; reason?: string } => {
  const chosen = process.env['PACTA_HOME'];
  if (chosen) return { home: resolve(chosen) };
  const inCheckout = join(resolve(checkoutRoot), 'var');
  const closed = closedTo(likelyServerUser(), inCheckout);
  if (!closed) return { home: inCheckout };
  const home = `/var/tmp/pacta-${createHash('sha256').update(realpathSync(checkoutRoot)).digest('hex').slice(0, 12)}`;
  refuseForeign(home);
  return {
    home,
    reason: `the data folder is ${home}, because PostgreSQL does not run as root and its user may not enter ${closed}; a system may sweep /var/tmp, so set PACTA_HOME for data that must last`,
  };
};

/** /var/tmp is open to everybody: a folder that somebody else put there first would be theirs to read. */
const refuseForeign = (home: string): void => {
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (found && (!found.isDirectory() || found.uid !== 0))
    throw new EmbeddedPostgresError(`${home} was made by another user of this machine: set PACTA_HOME to a folder of your own.`);
};

/** Makes the home if need be; folders that root makes on the way are open to the server's user, whatever the umask. */
export const openHome = async (path: string): Promise<string> => {
  const firstMade = await mkdir(path, { recursive: true });
  if (firstMade && process.getuid?.() === 0) for (let each = path; each.length >= firstMade.length; each = dirname(each)) await chmod(each, 0o755);
  return realpath(path);
};

export const refuseClosed = (home: string, user: ServerUser): void => {
  const closed = closedTo(user, home);
  if (closed)
    throw new EmbeddedPostgresError(`PostgreSQL does not run as root and its user ${user.name} may not enter ${closed}: set PACTA_HOME to a folder outside of it.`);
};
