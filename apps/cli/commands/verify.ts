import type { Command } from 'commander';
import { verify, type Verification } from '#read-models';
import { counted, JSON_OPTION, print, withProgress } from '../output.js';
import type { Session } from '../session.js';

export const addVerify = (program: Command, session: Session): void => {
  program.command('verify').description('hold the log against its own promises, and the read models against the log; changes nothing')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const { pool, log } = await session.groundOnAnyLog();
      const verification = await withProgress('Reading the log', (onProgress) => verify(pool, log, onProgress));
      print(json, { ok: verification.problems === 0, ...verification }, () => inText(verification));
      if (verification.problems > 0) process.exitCode = 1;
    });
};

const inText = ({ events, streams, head, cursor, problems, found }: Verification): string =>
  [
    `${counted(events, 'event')} in ${counted(streams, 'stream')} read, up to position ${head}.`,
    ...(cursor < head ? [`The read models stand at position ${cursor}; what comes after it could not be compared.`] : []),
    ...(problems === 0 ? ['The log keeps its promises, and the read models are what it gives.'] : []),
    ...found.map((sentence) => `  ${sentence}`),
    ...(problems > found.length ? [`  … and ${problems - found.length} more.`] : []),
    ...(problems > 0 ? [`${counted(problems, 'problem')}. If all are about the read models: npm run pacta -- rebuild.`] : []),
  ].join('\n');
