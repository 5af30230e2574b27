import { randomUUID } from 'node:crypto';
import type { EventLog, NewEvent, RecordedEvent } from '#event-log';

export const freshStream = (kind = 'sample'): string => `${kind}-${randomUUID()}`;

export const event = (data: NewEvent['data'] = {}): NewEvent => ({ id: randomUUID(), type: 'Sampled.v1', data, metadata: { actor: 'test' }, recordedAt: new Date().toISOString() });

export const events = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => event({ n }));

/** Everything that a follower is given until it has so many; what comes at once after that is an error too many. */
export const followed = async (log: EventLog, count: number, options: Partial<Parameters<EventLog['follow']>[0]> & { onEvents?: (seen: RecordedEvent[]) => unknown } = {}): Promise<RecordedEvent[]> => {
  const seen: RecordedEvent[] = [];
  for await (const batch of log.follow({ after: 0, signal: new AbortController().signal, ...options })) {
    seen.push(...batch.events);
    await options.onEvents?.(seen);
    if (seen.length >= count) break;
  }
  return seen;
};

export const failure = (work: Promise<unknown>): Promise<Error> => work.then(() => new Error('Nothing was thrown.'), (error: Error) => error);
