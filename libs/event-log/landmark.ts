import type { EventLog, Position, Revision } from './port.js';

/** An event, and where it stood in the log that it was read from: by it, whoever follows knows the log again. */
export interface Landmark {
  stream: string;
  revision: Revision;
  id: string;
  position: Position;
}

/** Where an event is in a log, whatever log it was read from; null where it is not. What was copied keeps its stream, its revision and its id. */
export const whereIs = async (log: EventLog, { stream, revision, id }: Landmark): Promise<Position | null> => {
  const [event] = await log.read(stream, { from: revision, max: 1 });
  return event?.revision === revision && event.id === id ? event.position : null;
};

/** What this database has taken in stands in another log than the one that is named now, or at other places in it. */
export class OtherEventLog extends Error {
  override readonly name = 'OtherEventLog';
}
