import type { EventLog, RecordedEvent, Revision } from '#event-log';

/** All events of one stream, and its revision (−1 while it is empty). A dossier holds some hundred facts. */
export interface LoadedStream {
  events: RecordedEvent[];
  revision: Revision;
}

export const loadStream = async (log: EventLog, stream: string): Promise<LoadedStream> => {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.read(stream, { from: events.length, max: PAGE });
    events.push(...page);
    if (page.length < PAGE) return { events, revision: events.length - 1 };
  }
};

const PAGE = 500;
