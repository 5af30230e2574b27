import type { Command } from 'commander';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

export const addReseal = (program: Command, session: Session): void => {
  program.command('reseal').description('encrypt the secrets of webhooks with the first key of WEBHOOKS_SECRETS_KEY; those after it are then needed no more')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const { settings, webhooks } = await session.ground();
      const resealed = await webhooks.reseal();
      const how = settings.WEBHOOKS_SECRETS_KEY ? 'encrypted with the first key' : 'kept without encryption, because WEBHOOKS_SECRETS_KEY is not set';
      print(json, { resealed }, () => `${resealed === 0 ? 'Nothing to do: all' : `${counted(resealed, 'secret')} changed. All`} are ${how}.`);
    });
};
