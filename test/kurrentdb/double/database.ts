import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { encode } from '../wire/codec.js';

export interface Proposed {
  id: string;
  type: string;
  contentType: string;
  data: Buffer;
  metadata: Buffer;
}

export interface Stored extends Proposed {
  stream: string;
  revision: number;
  position: number;
  /** Answer to a read, ready to be sent. */
  answer: Buffer;
}

/** Expected states as numbers, as the newer calls have them: a revision, or one of these. */
export const NO_STREAM = -1;
export const ANY = -2;
export const EXISTS = -4;
export const TOMBSTONED = -6;

export interface Write {
  stream: string;
  expected: number;
  events: Proposed[];
}

/** Where a write stands, done now or long ago; or why it is not done. */
export type Verdict = { revision: number; position: number } | { actual: number };

interface Stream {
  events: Stored[];
  /** Of the last event ever written; goes on after a deletion. */
  last: number;
  state: 'alive' | 'deleted' | 'tombstoned';
  /** Events before this revision are not shown. */
  from: number;
  maxCount: number;
}

/**
 * What a KurrentDB 26.1 was seen to keep and to answer. All nodes of a cluster share one: how a cluster agrees is not the
 * question here. It forgets ids when it is told to; a real one does after many events and at a restart.
 */
export class Database {
  /** In the order of the log. A write of nothing leaves a record without an event. */
  readonly records: (Stored | { position: number; answer?: undefined })[] = [];
  readonly written = new EventEmitter().setMaxListeners(0);
  private readonly streams = new Map<string, Stream>();
  private remembered = new Map<string, Stored>();
  private end = 546;

  constructor() {
    this.store('$$$scavenges', { id: randomUUID(), type: '$metadata', contentType: 'application/json', data: Buffer.from('{"$maxAge":2592000,"$acl":{"$r":"$ops","$w":[],"$d":[],"$mr":[],"$mw":[]}}'), metadata: Buffer.alloc(0) });
  }

  /** Of the last event; -1 where there is none to be seen. */
  revisionOf(stream: string): number {
    const { last = -1, state } = this.streams.get(stream) ?? {};
    return state === 'tombstoned' ? TOMBSTONED : state === 'deleted' ? NO_STREAM : last;
  }

  has(stream: string): boolean {
    return this.revisionOf(stream) !== NO_STREAM;
  }

  /** Events that a reader is shown. */
  eventsOf(stream: string): Stored[] {
    const found = this.streams.get(stream);
    if (!found || found.state === 'deleted') return [];
    const from = Math.max(found.from, found.last + 1 - found.maxCount);
    return from <= (found.events[0]?.revision ?? 0) ? found.events : found.events.filter(({ revision }) => revision >= from);
  }

  /** What writing would come to: null where it may be done. */
  judge({ stream, expected, events }: Write): Verdict | null {
    const actual = this.revisionOf(stream);
    if (actual === TOMBSTONED) return { actual };
    if (expected >= NO_STREAM) return expected === actual ? null : expected < actual ? this.repeat(stream, expected + 1, events) ?? { actual } : { actual };
    if (expected === EXISTS && actual < 0) return { actual };
    const first = events[0] && this.remembered.get(key(stream, events[0].id));
    return first ? this.repeat(stream, first.revision, events) ?? { actual } : null;
  }

  /** All of them or none; `order` is the order of the log, where it is not that of the writes. */
  write(writes: readonly Write[], order = writes.flatMap(({ stream, events }) => events.map((event) => ({ stream, event })))): { verdicts: (Verdict | null)[]; done: boolean; position: number } {
    const judged = writes.map((write) => this.judge(write));
    const refused = judged.some((verdict) => verdict !== null && 'actual' in verdict);
    const repeats = judged.filter((verdict) => verdict !== null && 'position' in verdict);
    if (!refused && repeats.length > 0 && repeats.length === writes.length) return { verdicts: judged, done: true, position: Math.max(...repeats.map(({ position }) => position)) };
    // A repeat beside something new is where it should not be.
    if (refused || repeats.length > 0) return { verdicts: judged.map((verdict, index) => (verdict && 'position' in verdict && !refused ? { actual: this.revisionOf(writes[index]!.stream) } : verdict)), done: false, position: 0 };
    if (order.length === 0) this.records.push({ position: this.take(146) });
    for (const { stream, event } of order) this.store(stream, event);
    this.written.emit('written');
    const position = this.records.at(-1)!.position;
    return { verdicts: writes.map(({ stream }) => ({ revision: this.streams.get(stream)?.last ?? -1, position: order.length > 0 ? (this.streams.get(stream)?.events.at(-1)?.position ?? position) : position })), done: true, position };
  }

  /** Of a stream: for a while, or for ever. */
  delete(stream: string, forEver: boolean): number {
    const found = this.streamOf(stream);
    const type = forEver ? '$streamDeleted' : '$metadata';
    const data = Buffer.from(forEver ? '' : JSON.stringify({ $tb: 2 ** 53 }));
    const { position } = this.store(forEver ? stream : `$$${stream}`, { id: randomUUID(), type, contentType: 'application/json', data, metadata: Buffer.alloc(0) });
    found.state = forEver ? 'tombstoned' : 'deleted';
    this.written.emit('written');
    return position;
  }

  forgetIds(): void {
    this.remembered = new Map();
  }

  /** Index of the record at a position, or of the first after it. */
  indexFrom(position: number): number {
    let [low, high] = [0, this.records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private repeat(stream: string, from: number, events: readonly Proposed[]): Verdict | null {
    const all = this.streams.get(stream)?.events ?? [];
    const stored = events.map((_, index) => all[from - (all[0]?.revision ?? 0) + index]);
    return events.length > 0 && stored.every((event, index) => event?.id === events[index]!.id) ? { revision: stored.at(-1)!.revision, position: stored.at(-1)!.position } : null;
  }

  private store(name: string, event: Proposed): Stored {
    const stream = this.streamOf(name);
    if (stream.state === 'deleted') {
      stream.state = 'alive';
      stream.from = stream.last + 1;
    }
    const revision = ++stream.last;
    const position = this.take(100 + name.length + event.type.length + event.data.length + event.metadata.length);
    const stored: Stored = { ...event, stream: name, revision, position, answer: Buffer.alloc(0) };
    stored.answer = answerOf(stored);
    stream.events.push(stored);
    this.records.push(stored);
    this.remembered.set(key(name, event.id), stored);
    if (event.type === '$metadata' && name.startsWith('$$')) {
      const { $maxCount } = JSON.parse(event.data.toString()) as { $maxCount?: number };
      if ($maxCount) this.streamOf(name.slice(2)).maxCount = $maxCount;
    }
    return stored;
  }

  private streamOf(name: string): Stream {
    const stream = this.streams.get(name) ?? { events: [], last: -1, state: 'alive', from: 0, maxCount: Infinity };
    this.streams.set(name, stream);
    return stream;
  }

  private take(bytes: number): number {
    const position = this.end;
    this.end += bytes;
    return position;
  }
}

const key = (stream: string, id: string): string => `${stream}\n${id}`;

const answerOf = ({ stream, revision, position, id, type, contentType, data, metadata }: Stored): Buffer => {
  // Ticks of a tenth of a microsecond.
  const created = (BigInt(Date.now()) * 10_000n).toString();
  return encode('ReadResp', {
    event: {
      event: {
        id: { string: id }, stream_identifier: { stream_name: stream }, ...(revision > 0 ? { stream_revision: revision } : {}),
        prepare_position: position, commit_position: position, metadata: { type, created, 'content-type': contentType },
        ...(metadata.length > 0 ? { custom_metadata: metadata } : {}), ...(data.length > 0 ? { data } : {}),
      },
      commit_position: position,
    },
  });
};
