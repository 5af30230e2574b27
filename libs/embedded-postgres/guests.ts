import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lives, readHolder, type Holder } from './lock.js';

/**
 * Tools that use a server somebody else started sign in with a file each, so that a tool that ends does not pull the
 * server from under another one.
 */
const PREFIX = 'guest-';

const fileOf = (home: string, guest: Holder): string => join(home, `${PREFIX}${guest.nonce}`);

export const signIn = (home: string, guest: Holder): Promise<void> => writeFile(fileOf(home, guest), JSON.stringify(guest));

export const signOut = (home: string, guest: Holder): Promise<void> => rm(fileOf(home, guest), { force: true });

/** Whether any guest lives; the files of the dead are swept up. */
export const hasGuests = async (home: string): Promise<boolean> => {
  let any = false;
  for (const name of (await readdir(home)).filter((each) => each.startsWith(PREFIX))) {
    const guest = await readHolder(join(home, name));
    if (guest === 'half-written' || (typeof guest === 'object' && lives(guest))) any = true;
    else await rm(join(home, name), { force: true });
  }
  return any;
};
