import type {
  Appended, Batch, EventLog, Expectation, FollowOptions, JsonObject, NewEvent, Position, ReadAllOptions, ReadOptions, RecordedEvent, StreamWrite,
} from '../port.js';
import { decideBatch, type LogState, type Row } from '../appending/decide-batch.js';
import { prepareWrites } from '../prepared-write.js';
import { matching } from '../matching.js';

/** A log that is gone with its process: for rehearsing what would be recorded, and for simulations. */
export class InMemoryEventLog implements EventLog {
  readonly dense = true;
  /** The event at position p stands at p − 1. */
  private readonly events: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();
  /** Knows every event's place, so the very decisions of the log in PostgreSQL are made on it. */
  private readonly state: LogState = { head: 0, streams: new Map() };
  private readonly closing = new AbortController();
  private news = Promise.withResolvers<void>();

  async append(stream: string, events: readonly NewEvent[], { expected }: { expected: Expectation }): Promise<Appended> {
    const [appended] = await this.appendAll([{ stream, events, expected }]);
    return appended!;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what is refused must reject, not throw
  async appendAll(writes: readonly StreamWrite[]): Promise<Appended[]> {
    const { outcomes: [outcome], rows } = decideBatch([prepareWrites(writes)], this.state);
    if (outcome instanceof Error) throw outcome;
    for (const row of rows) this.store(row);
    this.wakeFollowers();
    return outcome!;
  }

  read(stream: string, { from, direction = 'forwards', max = PAGE }: ReadOptions = {}): Promise<RecordedEvent[]> {
    const all = this.streams.get(stream) ?? [];
    if (direction === 'forwards') return Promise.resolve(all.slice(from ?? 0, (from ?? 0) + max));
    const end = Math.min((from ?? all.length) + 1, all.length);
    return Promise.resolve(all.slice(Math.max(0, end - max), end).reverse());
  }

  readAll(options: ReadAllOptions = {}): Promise<{ events: RecordedEvent[]; next: Position }> {
    return Promise.resolve(this.page(options));
  }

  async *follow({ after, filter, max, signal }: FollowOptions): AsyncGenerator<Batch, void, undefined> {
    const ended = AbortSignal.any([signal, this.closing.signal]);
    ended.addEventListener('abort', () => this.wakeFollowers());
    let position = after;
    for (let wasLive = false; !ended.aborted; ) {
      const { events, next } = this.page({ after: position, filter, max });
      const live = next >= this.events.length;
      const moved = next > position || (live && !wasLive);
      position = next;
      wasLive ||= live;
      if (moved) yield { events, position, live };
      if (position >= this.events.length && !ended.aborted) await this.news.promise;
    }
  }

  lastPosition(): Promise<Position> {
    return Promise.resolve(this.events.length);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the followers. */
  close(): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  private page({ after = 0, filter = {}, max = PAGE }: ReadAllOptions): { events: RecordedEvent[]; next: Position } {
    const wanted = matching(filter);
    const events: RecordedEvent[] = [];
    for (let position = after; position < this.events.length; position++) {
      const event = this.events[position]!;
      if (!wanted(event)) continue;
      events.push(event);
      if (events.length >= max) return { events, next: event.position };
    }
    return { events, next: Math.max(after, this.events.length) };
  }

  private wakeFollowers(): void {
    this.news.resolve();
    this.news = Promise.withResolvers();
  }

  private store({ data, metadata, ...row }: Row): void {
    const event = Object.freeze({ ...row, data: frozen(data), metadata: frozen(metadata) });
    this.events.push(event);
    const stream = this.streams.get(event.stream) ?? [];
    this.streams.set(event.stream, stream);
    stream.push(event);
  }
}

/** Events on a page unless asked otherwise. */
const PAGE = 1_000;

/** All readers are given the same objects, so none may change them. */
const frozen = (json: string): JsonObject => JSON.parse(json, (_, value: unknown) => Object.freeze(value)) as JsonObject;
