import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { ignored, mailsIn, type TakenBounce, TOO_LARGE } from '#notices';
import { Failure } from '../failure.js';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

export const addBounces = (program: Command, session: Session): void => {
  program
    .command('bounces')
    .description('take in what mail servers sent back: delivery reports (RFC 3464) of mailbox files or single messages; the same ones twice change nothing more')
    .argument('<file...>', 'mbox or .eml')
    .option(...JSON_OPTION)
    .action(async (files: string[], { json }: { json?: boolean }) => {
      for (const file of files) await access(file).catch(() => { throw new Failure(`${file} is no file that can be read.`); });
      const { notices } = await session.ground();
      const items: (TakenBounce & { file: string })[] = [];
      for (const file of files) {
        for await (const mail of readable(file)) items.push({ file, ...(mail === 'too-large' ? ignored(TOO_LARGE) : await notices.bounces.takeIn(mail)) });
      }
      print(json, { items }, () => [...items.map(({ outcome, message, detail }) => `${outcome}${message ? `  ${message}` : ''}  ${detail}`), summaryOf(items)].join('\n'));
    });
};

async function* readable(file: string): ReturnType<typeof mailsIn> {
  try {
    yield* mailsIn(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EISDIR' || code === 'EACCES' || code === 'EIO' ? new Failure(`${file} is no file that can be read.`) : error;
  }
}

const summaryOf = (items: readonly TakenBounce[]): string => {
  const count = (outcome: TakenBounce['outcome']): number => items.filter((one) => one.outcome === outcome).length;
  return `${counted(items.length, 'mail')}: ${count('bounced')} bounced, ${count('noted')} noted, ${count('known-already')} known already, ${count('ignored')} ignored.`;
};
