import { CommandBus } from '@nestjs/cqrs';
import type { INestApplicationContext } from '@nestjs/common';
import { todayOf } from '#platform';
import { cursorOf } from '#read-models';
import { fingerprintOf, importerOf, loadRecord, Loads, readRecord } from '#record';
import { dataFolder, type Ground, Progress } from '../ground/index.js';

/** Loads the record of the Convention if these tables were not loaded to the end before. */
export const firstLoad = async (app: INestApplicationContext, ground: Ground): Promise<void> => {
  const rules = ground.treaties.get('ccm');
  if (!rules) return;
  const folder = dataFolder(rules.id);
  const loads = new Loads(ground.pool, ground.clock);
  await loads.prepare();
  const fingerprint = await fingerprintOf(folder);
  if (await loads.isDone(rules.id, fingerprint)) return;
  const entries = await readRecord(folder, rules, ground.states, todayOf(ground.clock));
  const progress = new Progress(`Loading the record of the ${rules.title}`);
  const summary = await loadRecord(app.get(CommandBus), rules, entries, { actor: importerOf(rules.id), onProgress: (done, all) => progress.show(done, all) });
  await untilProjected(ground, summary.position);
  progress.end(`${summary.recorded + summary.known} facts${summary.refused.length > 0 ? `, ${summary.refused.length} refused` : ''}`);
  for (const { entry, reason } of summary.refused) console.error(`  ${entry.from.file}:${entry.from.line} refused: ${reason}`);
  await loads.done(rules.id, fingerprint);
};

const untilProjected = async ({ pool }: Ground, position: number): Promise<void> => {
  while ((await cursorOf(pool)) < position) await new Promise((resolve) => setTimeout(resolve, 20));
};
