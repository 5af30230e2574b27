import type { Command } from 'commander';
import { rebuild } from '#read-models';
import { counted, JSON_OPTION, print, progress } from '../output.js';
import type { Session } from '../session.js';

export const addRebuild = (program: Command, session: Session): void => {
  program.command('rebuild').description('make the read models anew from the log, beside those that serve meanwhile')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const { pool, log } = await session.ground();
      const shown = progress('Rebuilding the read models');
      const started = performance.now();
      const { events } = await rebuild(pool, log, (done, all) => shown.show(done, all));
      const seconds = Number(((performance.now() - started) / 1_000).toFixed(1));
      print(json, { events, seconds }, () => `The read models are new, from ${counted(events, 'event')}, in ${seconds} s.`);
    });
};
