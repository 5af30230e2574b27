import { AccessDeniedError, UnsupportedError } from '@kurrent/kurrentdb-client';
import {
  type Appended, type Batch, type EventLog, type Expectation, type FollowOptions, LogOutOfReach, type NewEvent, type Position, type ReadAllOptions, type ReadOptions, type RecordedEvent, type StreamWrite,
} from '../port.js';
import { prepareWrites } from '../prepared-write.js';
import type { OnAppended } from '../reported.js';
import { Connection } from './connection.js';
import { UnfitEventLog } from './fit.js';
import { Follower } from './follow.js';
import { KnownStreams } from './known-streams.js';
import { Reader } from './reader.js';
import { tolerateStrays } from './strays.js';
import { verdictOn } from './verdict.js';
import { Writer } from './writer.js';

/** Milliseconds for which whoever reads waits for a server that is away. */
const PATIENCE = 5_000;

/** Milliseconds for which a cluster may take to find its leader while a process starts. */
const AT_START = 5_000;

/** Codes of gRPC: permission denied, and unauthenticated. */
const UNKNOWN_USER = [7, 16];

/** @throws {UnfitEventLog} the server is too old, refuses the credentials, or the address is none */
export const openKurrentDbEventLog = async ({ url, onAppended, answerWithin }: { url: string; onAppended?: OnAppended; answerWithin?: number }): Promise<EventLog> => {
  tolerateStrays();
  // A client that is given up takes all its calls with it: a read that fails shall not cancel appends.
  const [reading, writing] = [new Connection(url), new Connection(url)];
  try {
    await refuseUnfitServer(writing);
  } catch (error) {
    await Promise.all([reading.close(), writing.close()]);
    throw error;
  }
  return new KurrentDbEventLog(reading, writing, onAppended, answerWithin);
};

/** Asks for nothing to be appended: an old server does not know the call, a fit one says that there is nothing in it. */
const refuseUnfitServer = async (connection: Connection): Promise<void> => {
  try {
    await connection.call((client) => client.appendRecords([]), { patience: AT_START });
  } catch (error) {
    if (error instanceof UnsupportedError) throw new UnfitEventLog('The server at EVENT_LOG_URL is older than KurrentDB 26.1, and cannot append to several streams in one step: upgrade it.');
    if (error instanceof AccessDeniedError || UNKNOWN_USER.includes((error as { code?: number }).code ?? 0)) throw new UnfitEventLog('The server at EVENT_LOG_URL refuses the user or the password.');
    if (verdictOn(error).startsWith('retry')) throw new UnfitEventLog('The server at EVENT_LOG_URL does not answer: check the address, tls=true or false, and whether it runs.', { cause: error });
  }
};

class KurrentDbEventLog implements EventLog {
  readonly dense = false;
  private readonly reader: Reader;
  private readonly writer: Writer;
  private closing = false;

  constructor(
    private readonly reading: Connection,
    private readonly writing: Connection,
    private readonly onAppended: OnAppended | undefined,
    answerWithin: number | undefined,
  ) {
    this.reader = new Reader(reading);
    this.writer = new Writer(writing, new KnownStreams(this.reader), answerWithin);
  }

  async append(stream: string, events: readonly NewEvent[], { expected }: { expected: Expectation }): Promise<Appended> {
    const [appended] = await this.appendAll([{ stream, events, expected }]);
    return appended!;
  }

  async appendAll(writes: readonly StreamWrite[]): Promise<Appended[]> {
    if (this.closing) throw new Error('The event log is closed.');
    const started = performance.now();
    const { appended, written } = await orOutOfReach(this.writer.append(prepareWrites(writes)));
    this.report(written, started);
    return appended;
  }

  read(stream: string, options?: ReadOptions): Promise<RecordedEvent[]> {
    return orOutOfReach(this.reader.stream(stream, options, { patience: PATIENCE }));
  }

  async readAll(options: ReadAllOptions = {}): Promise<{ events: RecordedEvent[]; next: Position }> {
    const { events, next } = await orOutOfReach(this.reader.page(options, { patience: PATIENCE }));
    return { events, next };
  }

  follow(options: FollowOptions): AsyncIterable<Batch> {
    return new Follower(this.reading, this.reader, { ...options, signal: AbortSignal.any([options.signal, this.reading.closed]) }).follow();
  }

  lastPosition(): Promise<Position> {
    return orOutOfReach(this.reader.head({ patience: PATIENCE }));
  }

  async ping(): Promise<void> {
    await orOutOfReach(this.reader.head());
  }

  /** Appends already taken get their answer first; then the followers end. */
  async close(): Promise<void> {
    this.closing = true;
    await this.writer.close();
    await Promise.all([this.reading.close(), this.writing.close()]);
  }

  private report(events: number, started: number): void {
    try {
      this.onAppended?.({ events, appends: 1, seconds: (performance.now() - started) / 1_000 });
    } catch {
      // A gauge that fails must not make a committed append look failed.
    }
  }
}

/** What trying again did not help against, in the words of the port. */
const orOutOfReach = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    throw verdictOn(error).startsWith('retry') ? new LogOutOfReach(error) : error;
  }
};
