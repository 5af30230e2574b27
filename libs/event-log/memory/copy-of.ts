import type { EventLog } from '../port.js';
import { InMemoryEventLog } from './in-memory-event-log.js';

/**
 * A copy in memory of all streams whose names begin with one of these, with the ids and revisions they have; positions
 * are counted anew. What is appended to the copy never reaches the log.
 */
export const copyOf = async (log: EventLog, streamPrefixes: readonly string[]): Promise<InMemoryEventLog> => {
  const copy = new InMemoryEventLog();
  const head = await log.lastPosition();
  for (let after = 0; after < head; ) {
    const { events, next } = await log.readAll({ after, filter: { streamPrefixes }, max: PAGE });
    for (const event of events) await copy.append(event.stream, [event], { expected: 'any' });
    after = next;
  }
  return copy;
};

const PAGE = 1_000;
