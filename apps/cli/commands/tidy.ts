import type { Command } from 'commander';
import { dropFormer } from '#read-models';
import { JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

export const addTidy = (program: Command, session: Session): void => {
  program.command('tidy').description('after an upgrade, once no process of the former version runs: drop its read models')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const tables = await dropFormer((await session.ground()).pool);
      const { dropped, inUse } = tables;
      print(json, tables, () => [
        ...(dropped.length > 0 ? [`Dropped: ${dropped.join(', ')}.`] : inUse.length > 0 ? [] : ['There are no read models of a former version.']),
        ...(inUse.length > 0 ? [`Still kept current by a process of a former version: ${inUse.join(', ')}. End it, then try again.`] : []),
      ].join('\n'));
      if (inUse.length > 0) process.exitCode = 1;
    });
};
