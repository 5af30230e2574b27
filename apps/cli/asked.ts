import { type Command, InvalidArgumentError } from 'commander';
import { type Day, isDay } from '#treaty';
import { JSON_OPTION } from './output.js';

/** What a question may say: which treaty, and as at when. */
export interface AskedDates {
  treaty: string;
  asAt?: string;
  knownOn?: string;
  json?: boolean;
}

export const TREATY_OPTION = ['--treaty <id>', 'which treaty', 'ccm'] as const;

/** Of an option that is a day. */
export const day = (text: string): Day => {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('A day that exists is needed, such as 2020-09-28.');
};

export const withDates = (command: Command): Command =>
  command
    .option(...TREATY_OPTION)
    .option('--as-at <day>', 'the day that is asked about (today)', day)
    .option('--known-on <day>', 'by what was known on that day (the day that is asked about)', day)
    .option(...JSON_OPTION);
