import type { Pool } from 'pg';
import { isTransient, migrate, openPool, withRetries } from '#platform';
import type {
  Appended, Batch, EventLog, Expectation, FollowOptions, NewEvent, Position, ReadAllOptions, ReadOptions, RecordedEvent, StreamWrite,
} from '../port.js';
import { prepareWrites } from '../prepared-write.js';
import type { AppendedBatch, OnAppended } from '../reported.js';
import { AppendQueue } from '../appending/append-queue.js';
import type { Append, Outcome } from '../appending/decide-batch.js';
import { follow } from './follow.js';
import { HeadWatch } from './head-watch.js';
import { readHead, readPage, readStream } from './read-events.js';
import { SCHEMA } from './schema.js';
import { writeBatch } from './write-batch.js';

export interface PostgresEventLogOptions {
  onAppended?: OnAppended;
}

/**
 * The log in PostgreSQL (15 or newer), schema `log`, which is created or brought up to date here.
 * Given a pool, the log uses it and leaves it open; given a URL, it opens one and closes it with itself.
 * Beside the pool it holds one connection that listens, once somebody follows.
 */
export const openPostgresEventLog = async (
  { pool, url, ...options }: PostgresEventLogOptions & ({ pool: Pool; url?: undefined } | { url: string; pool?: undefined }),
): Promise<EventLog> => {
  const used = pool ?? openPool(url, { applicationName: 'pacta event log' });
  const release = async (): Promise<void> => {
    if (!pool) await used.end();
  };
  try {
    await migrate(used, 'event-log', SCHEMA);
  } catch (error) {
    await release();
    throw error;
  }
  return new PostgresEventLog(used, release, options);
};

/** Enough for a pooled connection that died unnoticed; whoever reads is not kept waiting for a server that is away. */
const READ_RETRIES = 2;

class PostgresEventLog implements EventLog {
  readonly dense = true;
  private readonly queue = new AppendQueue((batch) => this.commit(batch));
  private readonly watch: HeadWatch;
  private readonly closing = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly release: () => Promise<void>,
    private readonly options: PostgresEventLogOptions,
  ) {
    this.watch = new HeadWatch(pool);
  }

  async append(stream: string, events: readonly NewEvent[], { expected }: { expected: Expectation }): Promise<Appended> {
    const [appended] = await this.appendAll([{ stream, events, expected }]);
    return appended!;
  }

  async appendAll(writes: readonly StreamWrite[]): Promise<Appended[]> {
    return this.queue.add(prepareWrites(writes));
  }

  read(stream: string, options?: ReadOptions): Promise<RecordedEvent[]> {
    return withRetries(() => readStream(this.pool, stream, options), READ_RETRIES);
  }

  async readAll(options?: ReadAllOptions): Promise<{ events: RecordedEvent[]; next: Position }> {
    const { events, next } = await withRetries(() => readPage(this.pool, options), READ_RETRIES);
    return { events, next };
  }

  follow(options: FollowOptions): AsyncIterable<Batch> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    return follow((after) => readPage(this.pool, { ...options, after }), this.watch, { ...options, signal });
  }

  lastPosition(): Promise<Position> {
    return withRetries(() => readHead(this.pool), READ_RETRIES);
  }

  async ping(): Promise<void> {
    await readHead(this.pool);
  }

  /** Ends the followers; appends already taken get their answer first. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.queue.close(), this.watch.close()]);
    await this.release();
  }

  private async commit(batch: Append[]): Promise<Outcome[]> {
    try {
      return await this.write(batch);
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) return batch.map(() => error as Error);
      return this.commitOneByOne(batch);
    }
  }

  /** The server will not take something in the batch, so each append goes alone and can only fail itself. */
  private async commitOneByOne(batch: Append[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const append of batch) {
      try {
        outcomes.push(...(await this.write([append])));
      } catch (error) {
        outcomes.push(error as Error);
        // The server went away meanwhile: having waited for it once is enough.
        if (isTransient(error)) break;
      }
    }
    return batch.map((_, index) => outcomes[index] ?? outcomes.at(-1)!);
  }

  private async write(batch: Append[]): Promise<Outcome[]> {
    const started = performance.now();
    const { outcomes, written } = await withRetries(() => writeBatch(this.pool, batch));
    this.report({ events: written, appends: batch.length, seconds: (performance.now() - started) / 1000 });
    return outcomes;
  }

  private report(batch: AppendedBatch): void {
    try {
      this.options.onAppended?.(batch);
    } catch {
      // A gauge that fails must not make a committed append look failed.
    }
  }
}
