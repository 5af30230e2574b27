import { type Command, Option } from 'commander';
import { Keys, type NewKey, ROLES } from '#access';
import { isAddress } from '#notices';
import { SubscriberKeys } from '../../ground/index.js';
import { Failure, Misuse } from '../failure.js';
import { JSON_OPTION, print, table } from '../output.js';
import type { Session } from '../session.js';

export const addKeys = (program: Command, session: Session): void => {
  const keys = program.command('keys').description('make, list and revoke API keys');
  keys.command('create').description('make a key; it is shown this once and kept nowhere')
    .addOption(new Option('--role <role>', 'what the key may do').choices(ROLES).makeOptionMandatory())
    .option('--theme <theme>', "a coordinator's theme")
    .option('--iso3 <state>', "a focal point's State")
    .option('--email <address>', "a subscriber's address, to write to when an endpoint of its had to be disabled")
    .option('--label <label>', 'what the key is for')
    .option(...JSON_OPTION)
    .action(async ({ json, email, ...key }: NewKey & { email?: string; json?: boolean }) => {
      const { states, webhooks, notices } = await session.ground();
      if (key.iso3 !== undefined && !states.has(key.iso3)) throw new Misuse(`"${key.iso3}" is no State that we know: give its three letters, such as LAO.`);
      if (email !== undefined && (key.role !== 'subscriber' || !isAddress(email))) throw new Misuse('--email takes one e-mail address, and goes with --role subscriber.');
      const made = await opened(session);
      const created = email === undefined ? await made.create(key) : await new SubscriberKeys(made, webhooks, notices).give(email, key.label);
      print(json, created, () => `${created.key}\nThis is key ${created.id}, shown only now.`);
    });
  keys.command('list').description('all keys that were ever made, without the keys themselves')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const list = await (await opened(session)).list();
      const rows = list.map(({ id, role, theme, iso3, label, createdAt, revokedAt }) => [id, role, iso3 ?? theme ?? '', createdAt.slice(0, 10), revokedAt ? `revoked ${revokedAt.slice(0, 10)}` : 'in use', label ?? '']);
      print(json, list, () => (rows.length === 0 ? 'There are no keys.' : table([['id', 'role', 'for', 'made', 'use', 'label'], ...rows])));
    });
  keys.command('revoke').description('put a key out of use for good').argument('<id>', 'as keys list shows it')
    .option(...JSON_OPTION)
    .action(async (id: string, { json }: { json?: boolean }) => {
      if (!(await (await opened(session)).revoke(id))) throw new Failure(`No key ${id} is in use; keys list shows which are.`);
      print(json, { id, revoked: true }, () => `Key ${id} is out of use.`);
    });
};

const opened = async (session: Session): Promise<Keys> => {
  const { pool, clock } = await session.ground();
  const keys = new Keys(pool, clock);
  await keys.prepare();
  return keys;
};
