import { cloudEventOf } from '../catalogue/cloud-event.js';
import type { PublishedEvents } from '../events/published-events.js';

export interface Body {
  id: string;
  text: string;
}

const MOST_KEPT = 2_000;

/** What deliveries carry, by position: the same bytes to a thousand endpoints, put together once. */
export class Bodies {
  private readonly kept = new Map<number, Body>();

  constructor(
    private readonly events: PublishedEvents,
    private readonly base: string,
  ) {}

  async load(positions: Iterable<number>): Promise<void> {
    const missing = [...new Set(positions)].filter((position) => !this.kept.has(position));
    if (missing.length === 0) return;
    for (const event of await this.events.at(missing)) this.kept.set(event.position, { id: event.id, text: JSON.stringify(cloudEventOf(event, this.base)) });
  }

  at(position: number): Body | undefined {
    return this.kept.get(position);
  }

  /** Forgets what is not needed, when there is much. */
  trim(needed: () => ReadonlySet<number>): void {
    if (this.kept.size <= MOST_KEPT) return;
    const still = needed();
    for (const position of this.kept.keys()) if (!still.has(position)) this.kept.delete(position);
  }
}
