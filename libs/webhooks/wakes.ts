import type { Clock } from '#platform';
import type { WorkQueue } from '#work-queue';

/** Wake-ups for the same quarter of a second are one. */
const GRAIN_MS = 250;
/** What lies further ahead waits in its row. */
const FAR_MS = 48 * 3_600_000;

/**
 * Wakes whoever delivers, here and in other processes. What is due stands in rows and is looked at every few seconds
 * anyway, so a wake-up may be lost.
 */
export class Wakes {
  private queue: WorkQueue | null = null;
  private nudge: () => void = () => undefined;
  private readonly asked = new Set<number>();

  constructor(
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** From here on wake-ups come by queue, too. */
  listen(queue: WorkQueue, nudge: () => void): void {
    this.queue = queue;
    this.nudge = nudge;
    queue.work(() => Promise.resolve(nudge()), 1);
  }

  readonly at = (...instants: Temporal.Instant[]): void => {
    const now = this.clock.now().epochMilliseconds;
    const due = instants.map(({ epochMilliseconds }) => epochMilliseconds);
    if (due.some((one) => one <= now)) this.nudge();
    if (!this.queue) return;
    for (const earlier of this.asked) if (earlier < now) this.asked.delete(earlier);
    const asked = new Set(due.map((one) => Math.ceil(Math.max(one, now) / GRAIN_MS) * GRAIN_MS).filter((one) => one - now <= FAR_MS));
    const fresh = [...asked].filter((one) => !this.asked.has(one));
    for (const one of fresh) this.asked.add(one);
    if (fresh.length > 0) this.queue.wake(fresh.map((at) => ({ row: 'due', at: new Date(at) }))).catch(this.onError);
  };
}
