import { join } from 'node:path';
import { v5 } from 'uuid';
import type { JsonObject, RecordedEvent } from '#event-log';
import { readRecord, readStates } from '#record';
import { type AnyFact, decide, dossierStream, emptyRecord, eventTypeOf, foldRecord, meetingStream, parseStream, recordStream, type StreamName, TREATIES, type TreatyRules, writtenFact } from '#treaty';

export const ccm = TREATIES.get('ccm') as TreatyRules;
const folder = join(import.meta.dirname, '../../../data/ccm');
const TODAY = '2026-11-24';

/** The whole real record as the log holds it, every fact through `decide`. */
export const realRecord = async (): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  const record = emptyRecord();
  const dossiers = new Map<string, AnyFact[]>();
  const put = (stream: string, type: Parameters<typeof eventTypeOf>[0], fact: Parameters<typeof writtenFact>[0], source: object): AnyFact => {
    const position = events.length + 1;
    const event = { id: v5(`${position}`, NAMESPACE), type: eventTypeOf(type), recordedAt: '2026-11-24T05:00:00.000Z', data: writtenFact(fact) };
    foldRecord(record, parseStream(stream) as StreamName, event);
    events.push({ ...event, stream, position, revision: 0, data: event.data as unknown as JsonObject, metadata: { actor: 'import:ccm', source: source as JsonObject, note: 'A note of the importer’s.', correlation: `row ${position}`, history: true } });
    return { ...event, ...event.data, type } as AnyFact;
  };
  for (const entry of await readRecord(folder, ccm, await readStates(folder), TODAY)) {
    if (entry.about === 'record') put(recordStream('ccm'), entry.proposal.type, { effectiveOn: null, knownBy: null, knownOn: TODAY, data: entry.proposal.data }, entry.source);
    else if (entry.about === 'meeting') put(meetingStream('ccm', entry.meeting), entry.proposal.type, { effectiveOn: null, knownBy: null, knownOn: entry.proposal.knownOn, data: entry.proposal.data }, entry.source);
    else {
      const before = dossiers.get(entry.iso3) ?? [];
      const { fact } = decide(entry.proposal, { rules: ccm, iso3: entry.iso3, facts: before, record, today: TODAY });
      dossiers.set(entry.iso3, [...before, put(dossierStream('ccm', entry.iso3), fact.type, fact, entry.source)]);
    }
  }
  return events;
};

const NAMESPACE = '2d3a5c5e-6b1f-4f0e-8f5c-9a1d2b3c4d5e';
