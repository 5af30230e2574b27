import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Comparison } from '#record';
import { saying } from './comparison.js';

type Proposals = Comparison['proposals'];

/** Those that are to be recorded: none unless asked for, all of them, or those that a person says yes to. */
export const confirmed = async (proposals: Proposals, confirm: true | 'all' | undefined, show: () => void): Promise<Proposals> => {
  if (confirm === undefined) return [];
  if (confirm === 'all') return proposals;
  show();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const chosen: Proposals = [];
    for (const proposal of proposals) if (await isWanted(terminal, `${proposal.iso3} ${saying(proposal).join(' ')}: record it? (y/n) `)) chosen.push(proposal);
    return chosen;
  } finally {
    terminal.close();
  }
};

/** Anything but a yes is a no, the end of the input too. */
const isWanted = async (terminal: Interface, question: string): Promise<boolean> => {
  const answer = await Promise.race([terminal.question(question), once(terminal, 'close').then(() => '')]);
  return /^y(es)?$/i.test(answer.trim());
};
