import { Readable } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Problem } from '#platform';

/** What comes out of a stream, piece by piece, until the signal aborts. */
type Pieces = (signal: AbortSignal) => AsyncGenerator<string, void, undefined>;

export interface StreamLimits {
  /** Streams that may be open at once, of one caller and of all. */
  perCaller: number;
  inAll: number;
  /** Milliseconds that a reader may leave a piece lying. */
  patience: number;
  /** Milliseconds after which a stream ends and its reader comes again: with a key that may be valid no longer. */
  life: number;
}

export const PATIENCE_MS = 60_000;
export const LIFE_MS = 3_600_000;

/** Milliseconds that readers have to take the end, when the service shuts down. */
const GRACE_MS = 1_000;

interface Open {
  caller: string;
  ending: AbortController;
  stream: Readable;
}

/** Answers that go on for as long as somebody reads them: counted, cut off where nobody does, and ended with the service. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<Open>();
  private closing = false;

  constructor(
    private readonly limits: StreamLimits,
    /** Told how many are open, whenever that changes. */
    private readonly onCount: (count: number) => void = () => undefined,
  ) {}

  /** @throws {Problem} 429 where the caller has too many open, 503 where there are too many in all */
  start(caller: string, pieces: Pieces, onError: (error: unknown) => void): Readable {
    this.admit(caller);
    const ending = new AbortController();
    const iterator = pieces(AbortSignal.any([ending.signal, AbortSignal.timeout(Math.round(this.limits.life * (0.9 + Math.random() * 0.1)))]));
    let patience: NodeJS.Timeout | undefined;
    const stream = new Readable({
      // A piece is asked for only when the one before has gone out: nothing piles up here for a reader who is slow.
      highWaterMark: 1,
      read: () => {
        clearTimeout(patience);
        iterator.next().then(
          ({ done, value }) => {
            if (stream.destroyed) return;
            if (!done) patience = setTimeout(() => stream.destroy(), this.limits.patience);
            stream.push(done ? null : value);
          },
          (error: unknown) => {
            // The reader comes again by itself and goes on after what it has.
            onError(error);
            stream.push(null);
          },
        );
      },
      destroy: (error, done) => {
        clearTimeout(patience);
        ending.abort();
        this.open.delete(one);
        this.onCount(this.open.size);
        done(error);
      },
    });
    const one: Open = { caller, ending, stream };
    this.open.add(one);
    this.onCount(this.open.size);
    return stream;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const { ending } of this.open) ending.abort();
    const end = performance.now() + GRACE_MS;
    while (this.open.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const { stream } of this.open) stream.destroy();
  }

  private admit(caller: string): void {
    if (this.closing) throw new Problem(503, 'shutting-down', 'The service is shutting down. Come again shortly; nothing is lost.');
    if (this.open.size >= this.limits.inAll) throw new Problem(503, 'too-many-streams', 'As many streams are open as this service bears. Come again shortly, or read page by page with GET /v1/events.');
    const own = [...this.open].filter((one) => one.caller === caller).length;
    if (own >= this.limits.perCaller) throw new Problem(429, 'too-many-streams', `You have ${own} streams open, which is as many as one caller may. Close one first.`);
  }
}
