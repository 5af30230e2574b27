import { join } from 'node:path';
import { readRecord, readStates } from '#record';
import {
  type AnyFact, assess, type AssessedState, type Cut, decide, dossierStream, emptyRecord, eventTypeOf, foldRecord, meetingStream, parseStream, recordStream, type StreamName, type TreatyAt, treatyAt, type TreatyRules, writtenFact,
} from '#treaty';

const FOLDER = join(import.meta.dirname, '../../data/ccm');
const TODAY = '2026-11-24';

/** The real record without a database: some of its States, as at any day. */
export const realRecord = async (rules: TreatyRules, states: readonly string[]): Promise<{ treaty(rules: TreatyRules, cut: Cut): Promise<{ assessed: AssessedState[]; treaty: TreatyAt; position: number }> }> => {
  const record = emptyRecord();
  const dossiers = new Map<string, AnyFact[]>();
  let facts = 0;
  const fold = (stream: string, type: Parameters<typeof eventTypeOf>[0], fact: Parameters<typeof writtenFact>[0]): AnyFact => {
    const event = { id: `fact-${++facts}`, type: eventTypeOf(type), recordedAt: '2026-11-24T05:00:00.000Z', data: writtenFact(fact) };
    foldRecord(record, parseStream(stream) as StreamName, event);
    return { ...event, ...event.data, type } as AnyFact;
  };
  const undated = { effectiveOn: null, knownBy: null };
  for (const entry of await readRecord(FOLDER, rules, await readStates(FOLDER), TODAY)) {
    if (entry.about === 'record') fold(recordStream(rules.id), entry.proposal.type, { ...undated, knownOn: TODAY, data: entry.proposal.data });
    else if (entry.about === 'meeting') fold(meetingStream(rules.id, entry.meeting), entry.proposal.type, { ...undated, knownOn: entry.proposal.knownOn, data: entry.proposal.data });
    else {
      const before = dossiers.get(entry.iso3) ?? [];
      const { fact } = decide(entry.proposal, { rules, iso3: entry.iso3, facts: before, record, today: TODAY });
      dossiers.set(entry.iso3, [...before, fold(dossierStream(rules.id, entry.iso3), fact.type, fact)]);
    }
  }
  return {
    treaty: (_, cut) => {
      const treaty = treatyAt(rules, record, cut);
      return Promise.resolve({ treaty, position: 0, assessed: states.map((iso3): AssessedState => [iso3, assess(rules, dossiers.get(iso3) ?? [], treaty, cut, { explain: false })]) });
    },
  };
};
