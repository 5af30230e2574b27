import { AppendConflict, AppendRefused, type Appended, type Expectation, type Position, type Revision } from '../port.js';
import type { PreparedEvent, PreparedWrite } from '../prepared-write.js';

/** One caller's append: one stream or several, all or nothing. */
export type Append = readonly PreparedWrite[];

/** What the log knows, at one moment, of the streams that a batch names. */
export interface LogState {
  head: Position;
  streams: Map<string, StreamState>;
}

export interface StreamState {
  /** Of the last event; -1 when the stream is empty. */
  revision: Revision;
  /** Where those events of the batch stand that are stored already. */
  places: Map<string, Place>;
}

interface Place {
  revision: Revision;
  position: Position;
}

export interface Row extends PreparedEvent, Place {
  stream: string;
}

/** What to tell the caller: where its events stand, or why nothing was written. */
export type Outcome = Appended[] | Error;

/**
 * Decides a batch of appends in the order they came. Each sees what the ones before it will have written;
 * one that is turned down leaves no trace for the next. Takes `state` over: it ends as the log's state after the batch.
 */
export const decideBatch = (batch: readonly Append[], state: LogState): { outcomes: Outcome[]; rows: Row[] } => {
  const rows: Row[] = [];
  const outcomes = batch.map((append) => turnedDown(append, state) ?? append.map((write) => place(write, state, rows)));
  return { outcomes, rows };
};

const turnedDown = (append: Append, { streams }: LogState): Error | undefined => {
  const known = append.map(({ stream, events }) => events.filter(({ id }) => streams.get(stream)?.places.has(id)).length);
  // A repeat: `place` finds every event where it stands, whatever the expectation.
  if (append.every(({ events }, index) => events.length === known[index])) return undefined;
  const partly = append.find((_, index) => known[index]);
  if (partly) return new AppendRefused(`Some events of this append to ${partly.stream} are stored already and others are not.`);
  for (const { stream, expected } of append) {
    const actual = streams.get(stream)?.revision ?? -1;
    if (!meets(actual, expected)) return new AppendConflict(stream, expected, actual);
  }
  return undefined;
};

const meets = (actual: Revision, expected: Expectation): boolean => {
  switch (expected) {
    case 'any': return true;
    case 'none': return actual === -1;
    case 'exists': return actual >= 0;
    default: return actual === expected;
  }
};

const place = ({ stream, events }: PreparedWrite, state: LogState, rows: Row[]): Appended => {
  const known = state.streams.get(stream) ?? { revision: -1, places: new Map<string, Place>() };
  state.streams.set(stream, known);
  let last: Place = { revision: -1, position: 0 };
  for (const event of events) {
    const stored = known.places.get(event.id);
    last = stored ?? { revision: ++known.revision, position: ++state.head };
    if (!stored) {
      known.places.set(event.id, last);
      rows.push({ ...event, ...last, stream });
    }
  }
  return { stream, ...last };
};
