import { randomUUID } from 'node:crypto';
import type { EventLog, JsonObject, NewEvent, Position, RecordedEvent } from '../port.js';

/** A stream name nobody else uses; all names begin differently, so a name also serves as a prefix of its own. */
export const freshStream = (kind = 'sample'): string => `${kind}-${randomUUID()}`;

export const sampleEvent = (data: JsonObject = {}, more: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(), type: 'Sampled.v1', data, metadata: { actor: 'contract' }, recordedAt: new Date().toISOString(), ...more,
});

export const sampleEvents = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => sampleEvent({ n }));

/** Everything after a position in streams with this prefix, page by page. */
export const readToEnd = async (log: EventLog, prefix: string, max = 50, after: Position = 0): Promise<RecordedEvent[]> => {
  const last = await log.lastPosition();
  const all: RecordedEvent[] = [];
  while (after < last) {
    const page = await log.readAll({ after, filter: { streamPrefixes: [prefix] }, max });
    if (page.next <= after) throw new Error(`readAll does not come past position ${after}.`);
    all.push(...page.events);
    after = page.next;
  }
  return all;
};

/** The error a promise rejects with. */
export const failure = async (work: Promise<unknown>): Promise<unknown> => {
  const answer: unknown = await work.then((value) => ({ value }), (error: unknown) => ({ error }));
  if (answer !== null && typeof answer === 'object' && 'error' in answer) return answer.error;
  throw new Error('Nothing was thrown.');
};
