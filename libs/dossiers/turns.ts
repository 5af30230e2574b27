import type { EventLog } from '#event-log';

/** Who came last for a stream of a log. */
const LAST = new WeakMap<EventLog, Map<string, Promise<unknown>>>();

/**
 * Commands on one stream take turns in this process: each decides on what the one before it wrote. Were they to run at
 * once, one would win and all others would load and decide again, over and over.
 */
export const inTurn = <Result>(log: EventLog, stream: string, work: () => Promise<Result>): Promise<Result> => {
  const last = LAST.get(log) ?? new Map<string, Promise<unknown>>();
  LAST.set(log, last);
  const turn = (last.get(stream) ?? Promise.resolve()).then(work);
  const over = turn.catch(() => undefined).then(() => {
    if (last.get(stream) === over) last.delete(stream);
  });
  last.set(stream, over);
  return turn;
};
