import type { Command } from 'commander';
import { copyLog, CopyRefused, type EventLog, openEventLog } from '#event-log';
import { Failure, Misuse, sentenceOf } from '../failure.js';
import { counted, JSON_OPTION, print, withProgress } from '../output.js';

export const addCopy = (program: Command): void => {
  program.command('copy').description('copy the log of facts to another server, event by event and in order; cut off, it goes on where it was')
    .requiredOption('--from <address>', 'the log as it is: postgres://… or kurrentdb://…', address)
    .requiredOption('--to <address>', 'where it is to be: empty, or a copy that was cut off', address)
    .option(...JSON_OPTION)
    .action(async ({ from, to, json }: { from: string; to: string; json?: boolean }) => {
      if (from === to) throw new Misuse('Both addresses are the same: there is nothing to copy.');
      const logs: EventLog[] = [];
      try {
        for (const [option, url] of [['--from', from], ['--to', to]] as const) logs.push(await opened(option, url));
        const [source, target] = logs as [EventLog, EventLog];
        const copied = await withProgress('Copying the log', (onProgress) => copyLog(source, target, onProgress));
        print(json, copied, () => `${counted(copied.events, 'event')} in both, ${copied.written} of them written now. Count and hash agree: ${copied.hash}.`);
      } catch (error) {
        throw error instanceof CopyRefused ? new Failure(error.message) : error;
      } finally {
        for (const log of logs) await log.close();
      }
    });
};

/** What is said of settings is meant of the options here. */
const opened = (option: string, url: string): Promise<EventLog> =>
  openEventLog({ url }).catch((error: unknown) => {
    throw new Failure(sentenceOf(error).replace(/EVENT_LOG_URL|DATABASE_URL/g, option));
  });

const address = (text: string): string => {
  if (!/^(postgres(ql)?|kurrentdb(\+discover)?):\/\/\S+$/.test(text)) throw new Misuse('A log has an address like postgres://user@host/name or kurrentdb://host:2113.');
  return text;
};
