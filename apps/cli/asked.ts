import type { Command } from 'commander';
import { JSON_OPTION } from './output.js';

/** What a question may say: which treaty, and as at when. */
export interface AskedDates {
  treaty: string;
  asAt?: string;
  knownOn?: string;
  json?: boolean;
}

export const TREATY_OPTION = ['--treaty <id>', 'which treaty', 'ccm'] as const;

export const withDates = (command: Command): Command =>
  command
    .option(...TREATY_OPTION)
    .option('--as-at <day>', 'the day that is asked about (today)')
    .option('--known-on <day>', 'by what was known on that day (the day that is asked about)')
    .option(...JSON_OPTION);
