import type { Command } from 'commander';
import { type BoardView, GetBoard } from '#read-models';
import { inWords, type Tally } from '#treaty';
import { type AskedDates, withDates } from '../asked.js';
import { catchUp } from '../catch-up.js';
import { counted, listed, print, table } from '../output.js';
import type { Session } from '../session.js';

export const addStatus = (program: Command, session: Session): void => {
  withDates(program.command('status').description('the status board: who is bound, what is owed, what is done'))
    .action(async ({ treaty, asAt, knownOn, json }: AskedDates) => {
      const ground = await session.ground();
      const rules = await session.rules(treaty);
      await catchUp(ground);
      const board = await (await session.buses(ground)).queries.execute(new GetBoard(rules, { asAt, knownOn }));
      print(json, board, () => inText(rules.title, board));
    });
};

const inText = (title: string, { asAt, knownOn, entryIntoForceOn, participation, obligations }: BoardView): string => {
  const { contractingStates, statesParties, signatories, withdrawn } = participation;
  return [
    `${title}, as at ${inWords(asAt)}${knownOn === asAt ? '' : `, by what was known on ${inWords(knownOn)}`}`,
    entryIntoForceOn === null ? 'not in force yet' : `in force ${entryIntoForceOn > asAt ? 'from' : 'since'} ${inWords(entryIntoForceOn)}`,
    '',
    `${counted(contractingStates, 'contracting State')}, ${statesParties} of them States Parties; ${counted(signatories, 'signatory', 'signatories')}; ${withdrawn} withdrawn`,
    '',
    table([
      ['obligation', 'owed', 'met', 'outstanding', 'overdue', 'decision pending', 'not known'],
      ...obligations.map((tally) => [nameOf(tally), tally.owed, tally.met, tally.outstanding, tally.overdue, tally.decisionPending, tally.notKnown]),
    ]),
    ...behind('overdue', obligations, (tally) => tally.states.overdue),
    ...behind('decision pending', obligations, (tally) => tally.states.decisionPending),
    ...behind('not known', obligations, (tally) => tally.states.notKnown),
  ].join('\n');
};

const nameOf = ({ article, kind }: Tally): string => `Art. ${article} ${kind}`;

const behind = (count: string, obligations: readonly Tally[], statesOf: (tally: Tally) => string[]): string[] => {
  const lines = obligations.filter((tally) => statesOf(tally).length > 0).map((tally) => listed(`  ${nameOf(tally).padEnd(30)}`, statesOf(tally), ' '.repeat(32)));
  return lines.length > 0 ? ['', count, ...lines] : [];
};
