import type { KeyObject } from 'node:crypto';
import type { HeldLane, Owed } from './lane-rows.js';

/** One endpoint may have so many calls under way; a new or failing one has one, and one more with each success. */
const MOST_AT_ONCE = 16;
/** From here on an endpoint counts as slow. */
const SLOW_MS = 1_500;
/** What was read so long ago is read again: the endpoint may have been paused, or its host blocked. */
const STALE_MS = 1_000;
/** Milliseconds that an endpoint which has failed several times in a row is left alone: never longer than an event's own next try. */
const PAUSES = [0, 0, 0, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000];
const LONGEST_PAUSE = 300_000;
/** Whoever is to wait longer than this is let go meanwhile. */
const LET_GO_MS = 1_000;

/** One endpoint in the hands of this worker: what is owed to it, and how much it can take. */
export class Lane {
  readonly id: string;
  readonly url: string;
  readonly ordered: boolean;
  failures: number;
  /** Epoch milliseconds before which nothing is sent. */
  notBefore: number;
  /** Failing since an instant, as the endpoint's row has it. */
  failing: boolean;
  /** Let go without a further look: no longer ours, or wants no more. */
  over = false;
  private queue: Owed[] = [];
  /** Positions that were read and whose outcome is not written down yet: what their rows say is not news. */
  private readonly inHand = new Set<number>();
  private filledWith = 0;
  private readAt = 0;
  private underWay = 0;
  private atOnce = 1;
  private slow = false;
  private readonly gap: number;

  constructor(
    { id, url, ordered, rate, failures, notBefore, failing_since }: HeldLane,
    readonly secrets: readonly KeyObject[],
  ) {
    this.id = id;
    this.url = url;
    this.ordered = ordered;
    this.gap = rate === null ? 0 : 60_000 / rate;
    this.failures = failures;
    this.notBefore = notBefore?.getTime() ?? 0;
    this.failing = failing_since !== null;
  }

  /** Nothing left in hand. */
  get isEmpty(): boolean {
    return this.inHand.size === 0;
  }

  /** Whether to read on now. Where order was asked for only when all is written down: a row that has failed comes first. */
  isHungry(now: number): boolean {
    return !this.over && this.notBefore - now <= LET_GO_MS && (this.ordered ? this.isEmpty : this.queue.length * 2 <= this.filledWith);
  }

  /** One that may keep us waiting; all of these together must leave room for the others. */
  get isSlow(): boolean {
    return this.slow || this.failures > 0;
  }

  get held(): ReadonlySet<number> {
    return this.inHand;
  }

  fill(owed: readonly Owed[]): void {
    const fresh = owed.filter(({ position }) => !this.inHand.has(position));
    for (const { position } of fresh) this.inHand.add(position);
    this.queue.push(...fresh);
    this.filledWith = this.queue.length;
    this.readAt = performance.now();
  }

  /** The next delivery, if one may be made now. */
  next(now: number): Owed | undefined {
    if (this.queue.length > 0 && performance.now() - this.readAt > STALE_MS) this.drop();
    if (this.queue.length === 0 || this.underWay >= (this.ordered ? 1 : this.atOnce) || now < this.notBefore) return undefined;
    const owed = this.queue.shift();
    this.underWay++;
    this.notBefore = now + this.gap;
    if (this.gap > LET_GO_MS) this.drop();
    return owed;
  }

  succeeded(durationMs: number): void {
    this.underWay--;
    this.failures = 0;
    this.slow = durationMs > SLOW_MS;
    this.atOnce = this.slow ? 1 : Math.min(this.atOnce + 1, MOST_AT_ONCE);
  }

  /** @param askedMs how long the receiver asked to be left alone */
  failed(now: number, askedMs: number): void {
    this.underWay--;
    this.failures++;
    this.atOnce = 1;
    this.notBefore = Math.max(this.notBefore, now + Math.max(askedMs, PAUSES[this.failures] ?? LONGEST_PAUSE));
    // In order nothing may overtake what has failed; else, what waits is looked at anew once the pause is over.
    if (this.ordered || this.notBefore > now) this.drop();
  }

  /** The row says now what came of it. */
  written(position: number): void {
    this.inHand.delete(position);
  }

  stop(): void {
    this.drop();
    this.over = true;
  }

  private drop(): void {
    for (const { position } of this.queue) this.inHand.delete(position);
    this.queue = [];
    this.filledWith = 0;
  }
}
