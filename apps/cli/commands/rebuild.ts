import type { Command } from 'commander';
import { rebuild } from '#read-models';
import { counted, JSON_OPTION, print, withProgress } from '../output.js';
import type { Session } from '../session.js';

export const addRebuild = (program: Command, session: Session): void => {
  program.command('rebuild').description('make the read models anew from the log, beside those that serve meanwhile')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const { pool, log } = await session.groundOnAnyLog();
      const started = performance.now();
      const { events } = await withProgress('Rebuilding the read models', (onProgress) => rebuild(pool, log, onProgress));
      const seconds = Number(((performance.now() - started) / 1_000).toFixed(1));
      // Where positions do not count the events, the position is what is known.
      print(json, log.dense ? { events, seconds } : { position: events, seconds }, () => `The read models are new, ${log.dense ? `from ${counted(events, 'event')}` : `up to position ${events}`}, in ${seconds} s.`);
    });
};
