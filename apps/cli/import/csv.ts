import { readdir } from 'node:fs/promises';
import { todayOf } from '#platform';
import { type Entry, importerOf, loadRecord, readRecord } from '#record';
import { catchUp } from '../catch-up.js';
import { Failure } from '../failure.js';
import { print, withProgress } from '../output.js';
import type { Session } from '../session.js';
import type { ImportOptions } from './options.js';
import { inText, summaryOf } from './outcome.js';
import { rehearse } from './rehearsal.js';
import { byState } from './would-record.js';

export const importCsv = async (session: Session, folder: string, { treaty, dryRun, json }: ImportOptions): Promise<void> => {
  const ground = await session.ground();
  const rules = await session.rules(treaty);
  await mustBeFolder(folder);
  const entries: Entry[] = await readRecord(folder, rules, ground.states, todayOf(ground.clock));
  if (entries.length === 0) throw new Failure(`${folder} has no tables of the record (treaty_actions.csv, article3.csv …), or they are empty.`);
  const actor = importerOf(rules.id);
  if (dryRun) {
    const { summary, facts } = await withProgress(`Rehearsing ${folder}`, (onProgress) => rehearse(session, rules, entries, { actor, onProgress }));
    print(json, { ...summaryOf(summary, { dryRun }), facts }, () => [byState(facts, ground.states), inText(summary, { dryRun })].filter(Boolean).join('\n\n'));
    if (summary.refused.length > 0) process.exitCode = 1;
    return;
  }
  const { commands } = await session.buses(ground);
  const summary = await withProgress(`Importing ${folder}`, (onProgress) => loadRecord(commands, rules, entries, { actor, onProgress }));
  await catchUp(ground);
  print(json, summaryOf(summary), () => inText(summary));
  if (summary.refused.length > 0) process.exitCode = 1;
};

const mustBeFolder = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => null);
  if (names === null) throw new Failure(`${folder} is no folder that can be read.`);
};
