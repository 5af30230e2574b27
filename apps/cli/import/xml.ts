import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ListStates } from '#read-models';
import { compareWithRecord, type Comparison, type LoadSummary, loadRecord, readStatusXml } from '#record';
import type { TreatyRules } from '#treaty';
import { catchUp } from '../catch-up.js';
import { Failure, Misuse } from '../failure.js';
import { print, withProgress } from '../output.js';
import type { Session } from '../session.js';
import { comparisonInText, proposalsInJson } from './comparison.js';
import { confirmed } from './confirm.js';
import type { ImportOptions } from './options.js';
import { inText, summaryOf } from './outcome.js';
import { rehearse } from './rehearsal.js';

/** Nothing is recorded that was not confirmed, and nothing on record is corrected: that is for a person. */
export const importXml = async (session: Session, file: string, { treaty, asOf, dryRun, confirm, json }: ImportOptions): Promise<void> => {
  if (confirm === true && !process.stdin.isTTY) throw new Misuse('--confirm asks for each fact and needs a terminal; --confirm all records all of them.');
  const ground = await session.ground();
  const rules = await session.rules(treaty);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new Failure(`${file} is no file that can be read.`);
  const status = readStatusXml(bytes, ground.states);
  const { commands, participations } = await recordToday(session, rules);
  const comparison = compareWithRecord(status, participations, rules, { reference: referenceOf(file), asOf });

  const chosen = dryRun ? comparison.proposals : await confirmed(comparison.proposals, confirm, () => console.error(comparisonInText(comparison, status.unknown)));
  const options = { actor: `import:${basename(file)}`, history: false };
  let summary: LoadSummary | null = null;
  if (dryRun) ({ summary } = await rehearse(session, rules, chosen, options));
  else if (chosen.length > 0) summary = await withProgress('Recording', (onProgress) => loadRecord(commands, rules, chosen, { ...options, onProgress }));
  if (!dryRun) await catchUp(ground);
  const outcome = summary === null ? { recorded: 0 } : summaryOf(summary, { dryRun });
  print(json, { ...inJson(comparison), unknown: status.unknown, ...outcome }, () => [
    ...(confirm === true ? [] : [comparisonInText(comparison, status.unknown)]),
    summary ? inText(summary, { dryRun }) : nothingRecorded(comparison, confirm !== undefined),
  ].join('\n\n'));
  if (summary && summary.refused.length > 0) process.exitCode = 1;
};

const recordToday = async (session: Session, rules: TreatyRules) => {
  const ground = await session.ground();
  await catchUp(ground);
  const { commands, queries } = await session.buses(ground);
  const { items } = await queries.execute(new ListStates(rules, {}));
  return { commands, participations: new Map(items.map(({ iso3, ...participation }) => [iso3, participation])) };
};

/** `XXVI-6` of `XXVI-6.en.xml`: chapter and number of the treaty, as the depositary names its files. */
const referenceOf = (file: string): string | undefined => /^[IVXL]+-\d+(-[a-z])?(?=\.)/.exec(basename(file))?.[0];

const inJson = (comparison: Comparison): object => ({ ...comparison, proposals: proposalsInJson(comparison) });

const nothingRecorded = ({ proposals }: Comparison, asked: boolean): string =>
  `Nothing was recorded.${proposals.length > 0 && !asked ? ' With --confirm each proposed fact is asked for; --confirm all records all of them.' : ''}`;
