import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { backoff } from '#platform';
import { checkUrl, UnfitEventLog } from './fit.js';
import { NoAnswer, verdictOn } from './verdict.js';

export interface CallOptions {
  /** Milliseconds without a sign of life after which an attempt is over; where nothing was said to one, the next may take twice as long. */
  limit?: number;
  /** Milliseconds during which a call is tried again; none unless given. */
  patience?: number;
}

type Work<Result> = (client: KurrentDBClient, alive: () => void) => Promise<Result>;

/** Enough for nearly any answer that is coming; a server that is merely slow is given twice as long afterwards. */
const ANSWER_WITHIN = 4_000;

/** Milliseconds between two attempts at the most: a cluster that lost its leader has another within seconds, and every client waits for that. */
const LONGEST_PAUSE = 400;

/**
 * The client of the moment. A client that lost its node, or talks to one that is no longer the leader, does not find its
 * way back by itself, so it is given up for a new one. Every call has a limit of ours: some of the client's have none.
 */
export class Connection {
  private current: KurrentDBClient;
  private readonly closing = new AbortController();

  /** @throws {UnfitEventLog} the address is none */
  constructor(private readonly url: string) {
    checkUrl(url);
    // Every append that waits for its next attempt listens.
    setMaxListeners(0, this.closing.signal);
    this.current = this.connect();
  }

  get client(): KurrentDBClient {
    return this.current;
  }

  /**
   * For reading, which is done by a part of the client that takes the address as it is written: a password with `%20` in
   * it would be one of three characters more.
   */
  get credentials(): { credentials?: { username: string; password: string } } {
    const [, username, password] = /^[^/]+:\/\/([^:@/]+):([^@/]+)@/.exec(this.url) ?? [];
    return username && password ? { credentials: { username: decodeURIComponent(username), password: decodeURIComponent(password) } } : {};
  }

  /** Aborts when the log is closed. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /**
   * Tries until it works, until trying again cannot help, or until patience is over, and then throws what the last
   * attempt threw. `alive` is to be called for whatever arrives.
   */
  async call<Result>(work: Work<Result>, { limit = ANSWER_WITHIN, patience = 0 }: CallOptions = {}): Promise<Result> {
    const started = performance.now();
    let within = limit;
    for (let attempt = 1, tried = started; ; attempt++, tried = performance.now()) {
      if (this.closed.aborted) throw new Error('The event log is closed.');
      const client = this.current;
      try {
        return await watched(client, within, work);
      } catch (error) {
        const verdict = verdictOn(error);
        if (error instanceof NoAnswer) within = 2 * limit;
        if (verdict === 'retry on a new client') this.renew(client);
        const now = performance.now();
        // An attempt that has taken its time was a pause in itself: finding a leader takes a second until there is one.
        const pause = Math.max(0, Math.min(backoff(attempt), LONGEST_PAUSE) * (0.5 + Math.random()) - (now - tried));
        if (!verdict.startsWith('retry') || this.closed.aborted || now - started + pause > patience) throw error;
        await sleep(pause, undefined, { signal: this.closed }).catch(() => undefined);
      }
    }
  }

  /** A new client in the place of one that failed; many may have seen it fail, one new one is enough. */
  renew(failed: KurrentDBClient): void {
    if (failed !== this.current || this.closed.aborted) return;
    this.current = this.connect();
    void this.dispose(failed);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.dispose(this.current);
  }

  private connect(): KurrentDBClient {
    try {
      return KurrentDBClient.connectionString(this.url);
    } catch (error) {
      // What the client says repeats the address, password included.
      throw new UnfitEventLog(/certificate/i.test(String(error))
        ? 'A certificate or key file that EVENT_LOG_URL names cannot be read.'
        : 'EVENT_LOG_URL is no address that KurrentDB is known by; it looks like kurrentdb://user:password@host:2113.');
    }
  }

  /** Ends the streams of a client, and its channel, which the client itself leaves open; those who hold a stream take a new client. */
  private async dispose(client: KurrentDBClient): Promise<void> {
    const closing = client.dispose().then(async () => (await client['getChannel']()).close());
    await Promise.race([closing.catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
  }
}

/** Rejects when nothing came for so long; what was going on is then told at its next sign of life. */
const watched = <Result>(client: KurrentDBClient, limit: number, work: Work<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      reject(new NoAnswer(limit));
    }, limit);
    const alive = (): void => {
      if (over) throw new NoAnswer(limit);
      timer.refresh();
    };
    work(client, alive).then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
