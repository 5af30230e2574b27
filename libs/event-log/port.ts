/**
 * The event log as the rest of the house sees it. It keeps any facts and knows no treaty.
 *
 * Promises of every adapter (held by the suite in `contract/`):
 * - An append is all or nothing, over one stream or several.
 * - Repeating an append (same stream, same event ids) writes nothing and answers what the first one answered,
 *   whatever its expectation and however much was written since.
 * - Whoever reads in position order sees every event exactly once: no event ever appears before a position already read.
 */
export interface EventLog {
  /** Whether positions count the events: 1, 2, 3 … Otherwise they only say the order. */
  readonly dense: boolean;
  append(stream: string, events: readonly NewEvent[], options: { expected: Expectation }): Promise<Appended>;
  /** Several streams in one step: all of them or none. A stream may be named once. */
  appendAll(writes: readonly StreamWrite[]): Promise<Appended[]>;
  /** One page of a stream in revision order. A stream that does not exist is empty. */
  read(stream: string, options?: ReadOptions): Promise<RecordedEvent[]>;
  /** One page of the whole log after a position (excluded); `next` is where the following page begins. */
  readAll(options?: ReadAllOptions): Promise<{ events: RecordedEvent[]; next: Position }>;
  /** Everything after a position: first what is there, then what comes, until the signal aborts. Reconnects by itself. */
  follow(options: FollowOptions): AsyncIterable<Batch>;
  /** Position of the newest event, 0 when the log is empty. */
  lastPosition(): Promise<Position>;
  /** Resolves when the log answers, rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Place of an event in the whole log. Opaque but ordered: later events have greater positions; 0 is before the first. */
export type Position = number;

/** Place of an event in its stream: 0, 1, 2 … without gaps. */
export type Revision = number;

/** What the writer believes of a stream: anything, that it is empty, that it is not, or the revision of its last event. */
export type Expectation = 'any' | 'none' | 'exists' | Revision;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface NewEvent {
  /** UUID. The same id in the same stream is the same event. */
  id: string;
  /** Name with version, e.g. `InstrumentDeposited.v1`. */
  type: string;
  data: JsonObject;
  metadata: JsonObject;
  /** Instant (ISO 8601, UTC) at which the system recorded it; from the injected clock, never from a caller. */
  recordedAt: string;
}

export interface RecordedEvent extends NewEvent {
  stream: string;
  revision: Revision;
  position: Position;
}

export interface StreamWrite {
  stream: string;
  events: readonly NewEvent[];
  expected: Expectation;
}

export interface Appended {
  stream: string;
  /** Of the last event written to the stream. */
  revision: Revision;
  position: Position;
}

export interface ReadOptions {
  /** First revision of the page (included); the start, or the end when reading backwards, unless given. */
  from?: Revision;
  direction?: 'forwards' | 'backwards';
  max?: number;
}

export interface Filter {
  /** Streams whose name begins with one of these. */
  streamPrefixes?: readonly string[];
  types?: readonly string[];
}

export interface ReadAllOptions {
  after?: Position;
  filter?: Filter;
  max?: number;
}

export interface FollowOptions {
  after: Position;
  filter?: Filter;
  /** Events in a batch at the most. */
  max?: number;
  signal: AbortSignal;
  /** What whoever follows does with the events, for whoever watches. */
  name?: string;
}

export interface Batch {
  events: RecordedEvent[];
  /** Everything up to here has been seen, events that the filter left out included. Store this as the cursor. */
  position: Position;
  /** True when nothing was known to be waiting behind this batch. */
  live: boolean;
}

/** The stream is not where the writer believed it to be; nothing was written. */
export class AppendConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expectation,
    /** Revision of the stream's last event; -1 when the stream is empty. */
    readonly actual: Revision,
  ) {
    super(`Stream ${stream} is at revision ${actual}, expected ${expected}.`);
    this.name = 'AppendConflict';
  }
}

/** The append itself makes no sense (no events, an id twice, an empty name, ids partly known); nothing was written. */
export class AppendRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AppendRefused';
  }
}

/** The log does not answer. An append may have been written or not: repeating it is safe. */
export class LogOutOfReach extends Error {
  constructor(cause: unknown) {
    super('The event log does not answer.', { cause });
    this.name = 'LogOutOfReach';
  }
}

/** Injection token: whoever composes a process says which log it is. */
export const EVENT_LOG = Symbol('EventLog');
