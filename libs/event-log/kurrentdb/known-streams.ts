import type { Append, StreamState } from '../appending/decide-batch.js';
import type { Position, Revision } from '../port.js';
import { mapLimited } from './map-limited.js';
import type { Reader } from './reader.js';

/** Events of a stream read at once. */
const AT_ONCE = 2_000;

/** Streams read at the same moment. */
const SIDE_BY_SIDE = 32;

/** Ids kept in memory, about two hundred bytes each; streams that were not written to for longest are let go. */
const MOST_IDS = 300_000;

interface Place {
  revision: Revision;
  position: Position | null;
}

interface Known {
  revision: Revision;
  /** Where each event of the stream stands, up to that revision; positions as far as they are known. */
  ids: Map<string, Place>;
}

/**
 * Which events stand in the streams that this process writes to. KurrentDB finds a repeated id for ever only where it is
 * sent with the very state that was expected the first time, so whether ids are stored already is found out before
 * writing. History never changes, so what is known of a stream stays true however old it is, and an exact check shows
 * whether there is more by now.
 */
export class KnownStreams {
  private readonly streams = new Map<string, Known>();
  private ids = 0;

  constructor(
    private readonly reader: Reader,
    private readonly mostIds = MOST_IDS,
  ) {}

  /** Reads what is new in these streams, from their beginning where nothing of them is known. */
  async refresh(streams: Iterable<string>, patience: number): Promise<void> {
    await mapLimited([...new Set(streams)], SIDE_BY_SIDE, async (stream) => {
      for (let more = true; more;) {
        const from = (this.streams.get(stream)?.revision ?? -1) + 1;
        const events = await this.reader.stream(stream, { from, max: AT_ONCE }, { patience });
        this.learn(stream, events);
        more = events.length === AT_ONCE;
      }
    });
  }

  has(stream: string): boolean {
    return this.streams.has(stream);
  }

  /** Finds out where those events of the append stand that are stored and whose position was never asked for. */
  async place(append: Append, patience: number): Promise<void> {
    for (const { stream, events } of append) {
      for (const { id } of events) {
        const place = this.streams.get(stream)?.ids.get(id);
        if (place?.position === null) await this.positionOf(stream, id, place.revision, patience);
      }
    }
  }

  /** As deciding needs it: how far each stream is, and where those of the append's events stand that are stored; null if that has to be asked for. */
  state(append: Append): Map<string, StreamState> | null {
    const streams = new Map<string, StreamState>();
    for (const { stream, events } of append) {
      const known = this.streams.get(stream);
      const places: StreamState['places'] = new Map();
      for (const { id } of events) {
        const place = known?.ids.get(id);
        if (!place) continue;
        if (place.position === null) return null;
        places.set(id, { revision: place.revision, position: place.position });
      }
      streams.set(stream, { revision: known?.revision ?? -1, places });
    }
    return streams;
  }

  /** Asks the server, once. */
  async positionOf(stream: string, id: string, revision: Revision, patience: number): Promise<Position> {
    const [event] = await this.reader.stream(stream, { from: revision, max: 1 }, { patience });
    if (event?.id !== id) throw new Error(`Event ${id} is gone from ${stream}: somebody deleted or truncated the stream.`);
    this.learn(stream, [event]);
    return event.position;
  }

  learn(stream: string, events: readonly (Place & { id: string })[]): void {
    const known = this.streams.get(stream) ?? { revision: -1, ids: new Map<string, Place>() };
    // Last in, last to be let go.
    this.streams.delete(stream);
    this.streams.set(stream, known);
    const before = known.ids.size;
    for (const { id, revision, position } of events) {
      if (!known.ids.get(id)?.position) known.ids.set(id, { revision, position });
      known.revision = Math.max(known.revision, revision);
    }
    this.ids += known.ids.size - before;
  }

  /** Streams that an append rests on are kept: of one that was let go half-way only the end would be known from then on. */
  forgetOldest(isBusy: (stream: string) => boolean): void {
    if (this.ids <= this.mostIds) return;
    for (const [oldest, { ids }] of this.streams) {
      if (this.ids <= this.mostIds) break;
      if (isBusy(oldest)) continue;
      this.ids -= ids.size;
      this.streams.delete(oldest);
    }
  }
}
