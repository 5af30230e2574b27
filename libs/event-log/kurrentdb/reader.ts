import { type AllStreamResolvedEvent, BACKWARDS, END, FORWARDS, StreamNotFoundError, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { matching } from '../matching.js';
import type { Filter, Position, ReadAllOptions, ReadOptions, RecordedEvent } from '../port.js';
import type { CallOptions, Connection } from './connection.js';
import { UnfitEventLog } from './fit.js';
import { placeAt } from './positions.js';
import { matchesNothing, serverFilter } from './server-filter.js';
import { fromServer } from './stored-event.js';
import { NoAnswer, verdictOn } from './verdict.js';

/** Events on a page unless asked otherwise. */
const PAGE = 1_000;

/** Events of one long reading; one that is abandoned half-way is of no more than this. */
const AT_ONCE = 50_000;

export interface Page {
  events: RecordedEvent[];
  next: Position;
  /** Whether the page reaches to where the log ended while it was read. */
  ended: boolean;
}

type Items = ReturnType<KurrentDBClient['readAll'] | KurrentDBClient['readStream']>;

/** Reads, each time for as long as something keeps coming. Missing streams are empty. */
export class Reader {
  constructor(private readonly connection: Connection) {}

  async stream(stream: string, { from, direction = 'forwards', max = PAGE }: ReadOptions = {}, options?: CallOptions): Promise<RecordedEvent[]> {
    const forwards = direction === 'forwards';
    const fromRevision = from === undefined ? (forwards ? 0n : END) : BigInt(from);
    try {
      return await this.collect((client) => client.readStream(stream, { ...this.connection.credentials, fromRevision, direction: forwards ? FORWARDS : BACKWARDS, maxCount: max }), options);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** Events of the server's own left out. */
  async head(options?: CallOptions): Promise<Position> {
    const [newest] = await this.collect((client) => client.readAll({ ...this.connection.credentials, fromPosition: END, direction: BACKWARDS, maxCount: 1, filter: serverFilter() }), options);
    return newest?.position ?? 0;
  }

  async page({ after = 0, filter, max = PAGE }: ReadAllOptions, options?: CallOptions): Promise<Page> {
    // Before the reading: what the page does not hold up to here, no later page will.
    const head = filter ? await this.head(options) : 0;
    if (filter && (head <= after || matchesNothing(filter))) return { events: [], next: Math.max(after, head), ended: true };
    const wanted = matching(filter ?? {});
    const events: RecordedEvent[] = [];
    for (let from = after; ;) {
      const { read, full } = await this.pageAfter(from, filter, max, options);
      for (const event of read) {
        if (!wanted(event)) continue;
        events.push(event);
        if (events.length === max) return { events, next: event.position, ended: false };
      }
      from = read.at(-1)?.position ?? from;
      if (!full) return { events, next: Math.max(from, head), ended: true };
    }
  }

  /** At the most `max` events; the server includes the place it begins at, where the filter lets it. */
  private async pageAfter(after: Position, filter: Filter | undefined, max: number, options: CallOptions | undefined): Promise<{ read: RecordedEvent[]; full: boolean }> {
    const read = await this.place(after, options, (how) =>
      this.collect((client) => client.readAll({ ...this.connection.credentials, fromPosition: placeAt(after), direction: FORWARDS, maxCount: max + 1, filter: serverFilter(filter) }), how));
    const full = read.length > max;
    if (read[0] && read[0].position <= after) read.shift();
    return { read, full };
  }

  /**
   * A place that is none looks like a server that is away, and asking again would never end. So where a reading from a
   * place fails twice in a row and a look at the end works before and after, it is the place.
   */
  private async place<Result>(position: Position, options: CallOptions | undefined, work: (options?: CallOptions) => Promise<Result>): Promise<Result> {
    const once = { ...options, patience: 0 };
    try {
      return await work(once);
    } catch (error) {
      const lost = verdictOn(error) === 'retry on a new client' && !(error instanceof NoAnswer);
      if (position > 0 && lost && (await this.answers()) && !(await works(() => work(once))) && (await this.answers())) {
        throw new UnfitEventLog(`Position ${position} is none of this event log. Was it of another one? What follows it has to begin anew: npm run pacta -- rebuild.`, { cause: error });
      }
      if (!verdictOn(error).startsWith('retry') || !options?.patience) throw error;
      return work(options);
    }
  }

  private answers(): Promise<boolean> {
    return works(() => this.head());
  }

  /**
   * Everything after a position up to where the log ends, by and by: one long reading, of which each piece is fetched when
   * it is asked for. `options` are of each piece.
   */
  async *pages({ after = 0, filter, max = PAGE }: ReadAllOptions, options?: CallOptions): AsyncGenerator<Page, void, undefined> {
    const head = filter ? await this.head(options) : 0;
    if (filter && (head <= after || matchesNothing(filter))) return yield { events: [], next: Math.max(after, head), ended: true };
    const wanted = matching(filter ?? {});
    let next = after;
    for (let ended = false; !ended;) {
      let items: AsyncIterator<AllStreamResolvedEvent> | undefined;
      let left = AT_ONCE;
      for (let over = false; !over;) {
        const from = next;
        const piece = await this.place(from, options, (how) => this.connection.call((client, alive) => {
          items ??= client.readAll({ ...this.connection.credentials, fromPosition: placeAt(from), direction: FORWARDS, maxCount: AT_ONCE, filter: serverFilter(filter) });
          return pieceOf(items, max, alive).catch((error: unknown) => {
            items = undefined;
            throw error;
          });
        }, how));
        left -= piece.count;
        over = piece.over;
        ended = over && left > 0;
        const events = piece.events.filter((event) => event.position > from && wanted(event));
        next = Math.max(next, piece.events.at(-1)?.position ?? 0, ended ? head : 0);
        yield { events, next, ended };
      }
    }
  }

  private collect(items: (client: KurrentDBClient) => Items, options?: CallOptions): Promise<RecordedEvent[]> {
    return this.connection.call(async (client, alive) => {
      const events: RecordedEvent[] = [];
      for await (const item of items(client)) {
        alive();
        const event = fromServer(item);
        if (event) events.push(event);
      }
      return events;
    }, options);
  }
}

const pieceOf = async (items: AsyncIterator<AllStreamResolvedEvent>, max: number, alive: () => void): Promise<{ events: RecordedEvent[]; count: number; over: boolean }> => {
  const events: RecordedEvent[] = [];
  let count = 0;
  while (events.length < max) {
    const item = await items.next();
    alive();
    if (item.done) return { events, count, over: true };
    count++;
    const event = fromServer(item.value);
    if (event) events.push(event);
  }
  return { events, count, over: false };
};

const works = (work: () => Promise<unknown>): Promise<boolean> => work().then(() => true, () => false);
