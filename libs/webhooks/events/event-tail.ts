import { pause } from '#platform';
import type { PublicEvent } from '../catalogue/public-event.js';
import { type EventFilter, isAskedFor, type PublishedEvents } from './published-events.js';

/** What comes next to whoever follows: events, or none where it was looked for some time and nothing came. */
export interface Step {
  events: readonly PublicEvent[];
  /** Everything up to here has been looked at. */
  position: number;
}

export interface FollowPublicLog {
  after: number;
  filter: EventFilter;
  signal: AbortSignal;
}

/** Events kept for those who are up to date; who lies further back reads from the table. */
const MOST_KEPT = 500;
const PAGE = 100;
const AFTER_FAILURE_MS = 1_000;

/**
 * The public log from a position on: first what is there, then what comes. The newest events are read once and shared,
 * however many follow; each takes the next step only when it has done with the one before, so a slow one falls back to
 * the table and costs no memory.
 */
export class EventTail {
  private recent: readonly PublicEvent[] = [];
  /** `recent` is everything after the first of these positions, up to the second. */
  private from = Infinity;
  private upTo = -1;
  private looking = false;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly events: Pick<PublishedEvents, 'after' | 'position'>,
    private readonly onError: (error: unknown) => void,
    /** Milliseconds: how often it is looked for news while somebody waits, and after how many a step without events. */
    private readonly times = { look: 200, idle: 15_000 },
  ) {}

  async *follow({ after, filter, signal }: FollowPublicLog): AsyncGenerator<Step, void, undefined> {
    let position = after;
    let told = after;
    let quietSince = performance.now();
    while (!signal.aborted) {
      const { items, next } = this.kept(position, filter) ?? (await this.events.after(position, PAGE, filter));
      const moved = next > position;
      position = next;
      if (items.length > 0 || performance.now() - quietSince >= this.times.idle) {
        yield { events: items, position: (told = position) };
        quietSince = performance.now();
      }
      if (!moved && !signal.aborted) await this.beyond(position, quietSince + this.times.idle - performance.now(), signal);
    }
    if (position > told) yield { events: [], position };
  }

  private kept(after: number, filter: EventFilter): { items: PublicEvent[]; next: number } | null {
    if (after < this.from || !this.looking) return null;
    return { items: this.recent.filter((event) => event.position > after && isAskedFor(filter, event)), next: Math.max(after, this.upTo) };
  }

  /** Resolves when there is something after this position, when the time is over, or when the signal aborts. */
  private async beyond(position: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.looking && this.upTo > position) return;
    const news = new AbortController();
    const wake = (): void => {
      // Of those who look for news while the tail is being put up, some may be ahead of it.
      if (this.upTo > position) news.abort();
    };
    this.waiting.add(wake);
    if (!this.looking) void this.look();
    await pause(Math.max(milliseconds, 1), AbortSignal.any([signal, news.signal]));
    this.waiting.delete(wake);
  }

  /** Looks for news as long as anybody waits for them. */
  private async look(): Promise<void> {
    this.looking = true;
    this.from = Infinity;
    while (this.waiting.size > 0) {
      let rest = this.times.look;
      try {
        if (this.from === Infinity) {
          const position = await this.events.position();
          Object.assign(this, { recent: [], from: position, upTo: position });
        }
        const { items, next } = await this.events.after(this.upTo, MOST_KEPT);
        if (items.length > 0) this.keep(items);
        this.upTo = next;
        for (const wake of [...this.waiting]) wake();
      } catch (error) {
        this.onError(error);
        rest = AFTER_FAILURE_MS;
      }
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
    this.looking = false;
  }

  private keep(items: readonly PublicEvent[]): void {
    const all = [...this.recent, ...items];
    this.from = all.at(-MOST_KEPT - 1)?.position ?? this.from;
    this.recent = all.slice(-MOST_KEPT);
  }
}
