import { copyOf } from '#event-log';
import { type Entry, loadRecord, type LoadOptions, type LoadSummary } from '#record';
import { treatyStreams, type TreatyRules } from '#treaty';
import type { Session } from '../session.js';
import { wouldBe, type WouldRecord } from './would-record.js';

/** The very same commands on a copy of the treaty's streams: what they record there is exactly what they would record. */
export const rehearse = async (session: Session, rules: TreatyRules, entries: readonly Entry[], options: LoadOptions): Promise<{ summary: LoadSummary; facts: WouldRecord[] }> => {
  const ground = await session.ground();
  const log = await copyOf(ground.log, treatyStreams(rules.id));
  const before = await log.lastPosition();
  const { commands } = await session.buses({ ...ground, log });
  const summary = await loadRecord(commands, rules, entries, options);
  const { events } = await log.readAll({ after: before, max: Infinity });
  return { summary, facts: events.flatMap(wouldBe) };
};
