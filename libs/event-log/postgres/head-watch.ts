import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { backoff } from '#platform';
import type { Position } from '../port.js';
import { CHANNEL } from './schema.js';

/**
 * Hears of new events as they are committed, on one connection shared by all followers of a process.
 * A notification is only a nudge: whoever waits also looks by itself now and then, so one that is lost costs a moment.
 */
export class HeadWatch {
  private newest: Position = 0;
  private readonly waiting = new Set<() => void>();
  private readonly closing = new AbortController();
  private listening: Promise<void> | undefined;

  /** The pool lends its settings, not a connection: one that listens can do nothing else. */
  constructor(private readonly pool: pg.Pool) {}

  /** Resolves when an event after this position is known of, when the time is over, or when the signal aborts. */
  async beyond(position: Position, milliseconds: number, signal: AbortSignal): Promise<void> {
    this.listening ??= this.listen();
    if (this.newest > position || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.listening;
  }

  private async listen(): Promise<void> {
    const { signal } = this.closing;
    let failures = 0;
    while (!signal.aborted) {
      const client = new pg.Client(this.pool.options);
      const over = Promise.withResolvers<void>();
      const end = (): void => over.resolve();
      client.on('error', end).on('end', end);
      client.on('notification', ({ payload }) => this.heard(Number(payload)));
      signal.addEventListener('abort', end);
      const ready = async (): Promise<void> => {
        await client.connect();
        await client.query(`LISTEN ${CHANNEL}`);
        failures = 0;
        // What was told while nobody listened is lost, and what was heard before may be of a database since restored: let everyone look.
        this.newest = 0;
        this.wakeAll();
      };
      try {
        await Promise.race([ready(), over.promise]);
        await over.promise;
      } catch {
        // The server is away; the followers look by themselves until it is back.
      }
      signal.removeEventListener('abort', end);
      // A connection that went silent may never say goodbye.
      await Promise.race([client.end(), sleep(1_000, undefined, { ref: false })]).catch(() => undefined);
      await sleep(backoff(++failures), undefined, { signal }).catch(() => undefined);
    }
  }

  private heard(head: Position): void {
    this.newest = Math.max(this.newest, head);
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
