import { randomUUID } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Message } from '../wire/codec.js';
import type { Database, Stored } from './database.js';
import { failure, streamDeleted } from './failures.js';

type Call = ServerWritableStream<Message, Message | Buffer>;

interface Options {
  stream?: { stream_identifier: { stream_name: string }; revision?: string; start?: object; end?: object };
  all?: { position?: { commit_position?: string; prepare_position?: string }; start?: object; end?: object };
  read_direction?: 'Backwards';
  count?: string;
  subscription?: object;
  filter?: { stream_identifier?: Expression; event_type?: Expression; max?: number; checkpointIntervalMultiplier?: number };
}

interface Expression {
  regex?: string;
  prefix?: string[];
}

/** Events looked at for one page of a filtered subscription, unless the caller asks for more. */
const WINDOW = 32;

export class Reading {
  constructor(private readonly database: Database) {}

  async answer(call: Call): Promise<void> {
    const options = call.request['options'] as Options;
    if (options.subscription) return options.all ? this.follow(call, options) : this.followStream(call, options.stream!);
    if (options.stream) await this.readStream(call, options, options.stream);
    else await this.readAll(call, options);
    call.end();
  }

  private async readStream(call: Call, { read_direction, count }: Options, { stream_identifier, revision, end }: NonNullable<Options['stream']>): Promise<void> {
    const name = stream_identifier.stream_name;
    if (this.database.revisionOf(name) === -6) throw streamDeleted(name);
    const events = this.database.eventsOf(name);
    const last = events.at(-1);
    if (!last) return void call.write({ stream_not_found: { stream_identifier: { stream_name: name } } });
    const from = end ? last.revision : Number(revision ?? 0);
    const asked = read_direction ? events.filter((event) => event.revision <= from).reverse() : events.slice(Math.max(0, from - events[0]!.revision));
    const found = asked.slice(0, Number(count));
    for (const { answer } of found) await send(call, answer);
    if (found.length === 0) call.write({ first_stream_position: last.revision + 1 });
    call.write({ last_stream_position: last.revision });
  }

  private async readAll(call: Call, { all, read_direction, count, filter }: Options): Promise<void> {
    const { records } = this.database;
    const wanted = sieve(filter);
    // Backwards, an event is read by what lies before its position.
    let index = read_direction ? (all?.end ? records.length : this.placeOf(all, 'readAll')) - 1 : this.placeOf(all, 'readAll');
    for (let left = Number(count); left > 0 && index >= 0 && index < records.length; index += read_direction ? -1 : 1) {
      const record = records[index]!;
      if (!record.answer || !wanted(record)) continue;
      left--;
      await send(call, record.answer);
    }
  }

  /** Pages of what is there, then what comes. How far it has come is said after each page, and live after as many events. */
  private async follow(call: Call, { all, filter }: Options): Promise<void> {
    const { records } = this.database;
    const window = filter?.max ?? WINDOW;
    const wanted = sieve(filter);
    let index = this.placeOf(all, 'subscribeToAll');
    call.write({ confirmation: { subscription_id: randomUUID() } });
    let place: Place = exactly(records[index - 1]?.position ?? 0);
    if (!all?.end) {
      for (let page = 0; index < records.length; page++) {
        place = page === 0 ? place : { commit_position: records[index]!.position };
        for (const stop = Math.min(index + window, records.length); index < stop; index++) {
          const record = records[index]!;
          if (!record.answer || !wanted(record)) continue;
          await send(call, record.answer);
          place = exactly(record.position);
        }
        if (filter) call.write({ checkpoint: { ...place, timestamp: now() } });
        if (call.cancelled) return;
      }
    }
    call.write({ caught_up: { timestamp: now(), position: place } });
    for (let seen = 0; await this.more(call, index);) {
      for (; index < records.length; index++) {
        const record = records[index]!;
        if (!record.answer) continue;
        if (wanted(record)) await send(call, record.answer);
        if (filter && ++seen % (window * (filter.checkpointIntervalMultiplier ?? 1)) === 0) call.write({ checkpoint: { ...exactly(record.position), timestamp: now() } });
      }
    }
  }

  private async followStream(call: Call, { stream_identifier, revision, end }: NonNullable<Options['stream']>): Promise<void> {
    const name = stream_identifier.stream_name;
    call.write({ confirmation: { subscription_id: randomUUID() } });
    let seen = end ? this.database.revisionOf(name) : revision === undefined ? -1 : Number(revision);
    let { length } = this.database.records;
    const sendNew = async (): Promise<void> => {
      for (const event of this.database.eventsOf(name).filter((one) => one.revision > seen)) {
        await send(call, event.answer);
        seen = event.revision;
      }
    };
    await sendNew();
    call.write({ caught_up: { timestamp: now(), ...(seen >= 0 ? { stream_revision: seen } : {}) } });
    while (await this.more(call, length)) {
      ({ length } = this.database.records);
      await sendNew();
    }
  }

  /** True when there are records from this one on; false when nobody wants them any more. */
  private async more(call: Call, index: number): Promise<boolean> {
    while (index >= this.database.records.length && !call.cancelled) {
      await either(this.database.written, 'written', call, 'cancelled');
    }
    return !call.cancelled;
  }

  /** Reading includes the event at a position, subscribing does not; a position that is none is told apart by neither. */
  private placeOf(all: Options['all'], by: 'readAll' | 'subscribeToAll'): number {
    const { records } = this.database;
    if (all?.end) return records.length;
    if (!all?.position) return 0;
    const commit = Number(all.position.commit_position ?? 0);
    if (commit > (records.at(-1)?.position ?? 0)) return records.length;
    const index = this.database.indexFrom(commit);
    if (records[index]?.position !== commit) {
      throw by === 'readAll'
        ? failure(status.UNKNOWN, `Unexpected ReadAllResult: InvalidPosition >> Error while reading log record forwards at actual position ${commit}. Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks. (Parameter 'ticks')`)
        : failure(status.UNKNOWN, 'Trying to read from an invalid position.');
    }
    const at = Number(all.position.prepare_position ?? 0) >= commit;
    return by === 'subscribeToAll' && at ? index + 1 : index;
  }
}

interface Place {
  commit_position: number;
  /** Missing in a place before an event that has not been looked at. */
  prepare_position?: number;
}

/** Resolves when one of two things happens. */
const either = async (one: EventEmitter, happens: string, other: EventEmitter, instead: string): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(one, happens, { signal }), once(other, instead, { signal })].map((event) => event.catch(() => undefined)));
  over.abort();
};

const exactly = (position: number): Place => ({ commit_position: position, prepare_position: position });

const now = (): Message => ({ seconds: Math.floor(Date.now() / 1_000), nanos: 1 });

const sieve = (filter: Options['filter']): ((event: Stored) => boolean) => {
  const fits = ({ regex, prefix }: Expression): ((text: string) => boolean) => {
    const pattern = regex === undefined ? null : new RegExp(regex);
    return (text) => (pattern ? pattern.test(text) : (prefix ?? []).some((beginning) => text.startsWith(beginning)));
  };
  const [stream, type] = [filter?.stream_identifier && fits(filter.stream_identifier), filter?.event_type && fits(filter.event_type)];
  return (event) => (stream?.(event.stream) ?? true) && (type?.(event.type) ?? true);
};

const send = async (call: Call, answer: Buffer): Promise<void> => {
  if (!call.write(answer) && !call.cancelled) await either(call, 'drain', call, 'cancelled');
};
