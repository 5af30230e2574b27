import type { EventLog } from '#event-log';
import { type AnyFact, emptyRecord, foldRecord, type FoldedRecord, parseStream, readFact, treatyStreams } from '#treaty';

export interface WholeRecord {
  dossiers: Map<string, AnyFact[]>;
  record: FoldedRecord;
}

/** All facts of a treaty, straight from the log: a simulation looks at every State on every day. */
export const readWholeRecord = async (log: EventLog, treaty: string): Promise<WholeRecord> => {
  const dossiers = new Map<string, AnyFact[]>();
  const record = emptyRecord();
  const head = await log.lastPosition();
  for (let after = 0; after < head; ) {
    const { events, next } = await log.readAll({ after, filter: { streamPrefixes: treatyStreams(treaty) }, max: PAGE });
    for (const event of events) {
      const stream = parseStream(event.stream);
      if (!stream) continue;
      foldRecord(record, stream, event);
      if (stream.kind === 'dossier') dossiers.set(stream.of, [...(dossiers.get(stream.of) ?? []), readFact(event)]);
    }
    after = next;
  }
  return { dossiers: new Map([...dossiers].sort(([a], [b]) => (a < b ? -1 : 1))), record };
};

const PAGE = 1_000;
