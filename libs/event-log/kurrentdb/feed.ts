import type { AllStreamResolvedEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { pause } from '#platform';
import { matching } from '../matching.js';
import type { Filter, Position, RecordedEvent } from '../port.js';
import { placeAt, positionOf } from './positions.js';
import { withCheckpoints } from './server-filter.js';
import { fromServer } from './stored-event.js';

/** Events that may wait here; then the server is made to wait. */
const MOST_WAITING = 1_000;

/**
 * One subscription, as something to take from. It ends with the first failure and never comes back, as the client's do:
 * whoever follows makes another. Nothing in here may throw into the client: that would end the process.
 */
export class Feed {
  private readonly waiting: RecordedEvent[] = [];
  /** Events that came, taken or not, and where the server said it was when so many had come. */
  private came = 0;
  private checkpoints: { position: Position; after: number }[] = [];
  private position: Position;
  private failure: Error | undefined;
  private caughtUp = false;
  private readonly end = new AbortController();
  private wake = new AbortController();
  private readonly subscription: ReturnType<KurrentDBClient['subscribeToAll']>;

  constructor(client: KurrentDBClient, after: Position, filter: Filter | undefined) {
    this.position = after;
    const wanted = matching(filter ?? {});
    this.subscription = client.subscribeToAll({
      fromPosition: placeAt(after),
      // Said while events before it may still be on their way to us through the client's buffer, so it waits for them.
      filter: withCheckpoints(filter, (subscription, place) => {
        this.checkpoints.push({ position: positionOf(place), after: this.came + subscription.readableLength });
        this.tell();
      }),
    });
    this.subscription.on('data', (item: AllStreamResolvedEvent) => {
      this.came++;
      const event = this.read(item);
      if (!event) return;
      if (wanted(event)) this.waiting.push(event);
      else this.checkpoints.push({ position: event.position, after: this.came });
      if (this.waiting.length >= MOST_WAITING) this.subscription.pause();
      this.tell();
    });
    this.subscription.on('caughtUp', () => {
      this.caughtUp = true;
      this.tell();
    });
    this.subscription.on('error', (error: Error) => this.fail(error));
    for (const end of ['end', 'close'] as const) this.subscription.on(end, () => this.fail(new Error('Connection dropped: the subscription has ended.')));
  }

  /** Whether nothing was known to be waiting behind what was taken last. */
  get live(): boolean {
    return this.caughtUp && this.waiting.length === 0 && this.subscription.readableLength === 0;
  }

  /** What has come, up to `max` events, and how far that is. @throws what ended the subscription, once all that came is taken */
  take(max: number): { events: RecordedEvent[]; position: Position } {
    const events = this.waiting.splice(0, max);
    if (this.waiting.length < MOST_WAITING / 2 && this.subscription.isPaused()) this.subscription.resume();
    this.position = Math.max(this.position, events.at(-1)?.position ?? 0);
    if (this.waiting.length === 0) {
      const passed = this.checkpoints.filter(({ after }) => after <= this.came);
      this.checkpoints = this.checkpoints.slice(passed.length);
      this.position = Math.max(this.position, passed.at(-1)?.position ?? 0);
    }
    if (events.length === 0 && this.failure) throw this.failure;
    return { events, position: this.position };
  }

  /** True when there is something to take or a failure to hear of; false when the time is over or the signal aborts. */
  async news(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (this.waiting.length > 0 || this.failure) return true;
    this.wake = new AbortController();
    await pause(milliseconds, AbortSignal.any([signal, this.wake.signal]));
    return this.wake.signal.aborted;
  }

  close(): void {
    this.end.abort();
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.resume();
  }

  private read(item: AllStreamResolvedEvent): RecordedEvent | null {
    try {
      return fromServer(item);
    } catch (error) {
      this.fail(error as Error);
      return null;
    }
  }

  private fail(error: Error): void {
    if (this.end.signal.aborted) return;
    this.failure ??= error;
    this.tell();
  }

  private tell(): void {
    this.wake.abort();
  }
}
