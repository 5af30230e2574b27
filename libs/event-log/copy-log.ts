import { createHash, type Hash } from 'node:crypto';
import type { EventLog, Position, RecordedEvent } from './port.js';

export interface Copied {
  /** Events in both logs. */
  events: number;
  /** Of them, those written now; the others were there from a copy that was cut off. */
  written: number;
  /** SHA-256 over every event of either log in order: stream, revision, id, type, data, metadata, moment. Hexadecimal. */
  hash: string;
}

/** The other log holds something that the first does not; nothing more is written to it. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** Events read at once. */
const PAGE = 1_000;

/**
 * Copies a log in order to one that is empty, or that holds the beginning of it from a copy that was cut off. Afterwards
 * both are read from the start and held against each other. What is appended to the first meanwhile comes along as long
 * as the copy runs; so nobody should write to it by then.
 *
 * @throws {CopyRefused} the other log is no beginning of the first
 */
export const copyLog = async (from: EventLog, to: EventLog, onProgress: (done: number, all: number) => void = () => undefined): Promise<Copied> => {
  const there = new Cursor(to);
  let [events, written] = [0, 0];
  let copied: RecordedEvent[] = [];
  const write = async (): Promise<void> => {
    const [first] = copied;
    if (!first) return;
    await to.append(first.stream, copied, { expected: first.revision === 0 ? 'none' : first.revision - 1 });
    written += copied.length;
    copied = [];
  };
  for await (const event of new Cursor(from, onProgress)) {
    const other = written + copied.length > 0 ? undefined : (await there.next()).value;
    if (other) refuseUnlike(event, other, events);
    else {
      // One stream at a time, so that the order of the log stays as it is.
      if (copied[0] && (copied[0].stream !== event.stream || copied.length === PAGE)) await write();
      copied.push(event);
    }
    events++;
  }
  await write();
  const [left, right] = await Promise.all([digestOf(from, events), digestOf(to, Infinity)]);
  if (left.events !== right.events) throw new CopyRefused(`The log holds ${left.events} events and its copy ${right.events}: something else writes to one of them. Stop it, and copy again.`);
  if (left.hash !== right.hash) throw new CopyRefused('The copy has as many events as the log, but not the same ones: something else writes to one of them.');
  return { events, written, hash: left.hash };
};

const refuseUnlike = (event: RecordedEvent, other: RecordedEvent, count: number): void => {
  if (lineOf(event) === lineOf(other)) return;
  throw new CopyRefused(`The log to copy to holds another event (${other.id} in ${other.stream}) where the ${count + 1}th of this one belongs: it must be empty, or a copy that was cut off.`);
};

/** The events of a log from its start, page by page. */
class Cursor implements AsyncIterableIterator<RecordedEvent> {
  private page: RecordedEvent[] = [];
  private after: Position = 0;
  private head: Position | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly onProgress: (done: number, all: number) => void = () => undefined,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<RecordedEvent, undefined>> {
    while (this.page.length === 0) {
      this.head ??= await this.log.lastPosition();
      const { events, next } = await this.log.readAll({ after: this.after, max: PAGE });
      if (events.length === 0) return { done: true, value: undefined };
      this.page = events.reverse();
      this.after = next;
      this.onProgress(Math.min(next, this.head), this.head);
    }
    return { done: false, value: this.page.pop()! };
  }
}

const digestOf = async (log: EventLog, most: number): Promise<{ events: number; hash: string }> => {
  const hash: Hash = createHash('sha256');
  let events = 0;
  for await (const event of new Cursor(log)) {
    if (events === most) break;
    hash.update(`${lineOf(event)}\n`);
    events++;
  }
  return { events, hash: hash.digest('hex') };
};

const lineOf = ({ stream, revision, id, type, data, metadata, recordedAt }: RecordedEvent): string => JSON.stringify([stream, revision, id, type, data, metadata, recordedAt]);
