import type { Clock } from '#platform';

const WITHIN = { hours: 1 };
const MOST_REMEMBERED = 10_000;

/** How often one caller may do something within an hour; of this process, and forgotten with it. */
export class CallerLimit {
  private readonly calls = new Map<string, Temporal.Instant[]>();

  constructor(
    private readonly most: number,
    private readonly clock: Clock,
  ) {}

  /** @returns false where it was often enough */
  admits(caller: string): boolean {
    const now = this.clock.now();
    const since = now.subtract(WITHIN);
    const recent = (this.calls.get(caller) ?? []).filter((at) => Temporal.Instant.compare(at, since) > 0);
    if (recent.length >= this.most) return false;
    // The oldest caller goes first: a map keeps the order in which its entries came.
    this.calls.delete(caller);
    if (this.calls.size >= MOST_REMEMBERED) this.calls.delete(this.calls.keys().next().value as string);
    this.calls.set(caller, [...recent, now]);
    return true;
  }
}
