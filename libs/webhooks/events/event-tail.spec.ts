import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PublicEvent } from '../catalogue/public-event.js';
import { EventTail, type Step } from './event-tail.js';
import { type EventFilter, isAskedFor, type PublishedEvents } from './published-events.js';

const TYPES = ['treaty.signed', 'report.submitted'];
const STATES = ['GNB', 'PER', null];
const eventAt = (position: number): PublicEvent => ({
  id: `${position}`, position, type: TYPES[position % 2] as string, version: 1, treaty: 'ccm', state: STATES[position % 3] as string | null, meeting: null, theme: position % 5 === 0 ? 'clearance' : null,
  time: '2026-12-01T08:00:00.000Z', history: false, dates: { effectiveOn: null, knownBy: null, knownOn: '2026-12-01' }, details: {}, source: null,
});

/** The table, in memory: it fails when told to, and counts how often it was asked. */
class Table implements Pick<PublishedEvents, 'after' | 'position'> {
  cursor = 0;
  asked = 0;
  away = false;
  private readonly events: PublicEvent[] = [];

  /** Public events, and positions of others between them, which nobody may see. */
  publish(count: number, others = 0): void {
    for (let n = 0; n < count; n++) this.events.push(eventAt((this.cursor += 1 + others)));
  }

  position(): Promise<number> {
    return this.away ? Promise.reject(new Error('away')) : Promise.resolve(this.cursor);
  }

  after(position: number, limit: number, filter: EventFilter = {}): Promise<{ items: PublicEvent[]; next: number }> {
    this.asked++;
    if (this.away) return Promise.reject(new Error('away'));
    const items = this.events.filter((event) => event.position > position && isAskedFor(filter, event)).slice(0, limit);
    return Promise.resolve({ items, next: Math.max(position, items.length === limit ? (items.at(-1)?.position ?? position) : this.cursor) });
  }

  all(after: number, filter: EventFilter): number[] {
    return this.events.filter((event) => event.position > after && isAskedFor(filter, event)).map(({ position }) => position);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const open = (idle = 5_000): { table: Table; tail: EventTail; errors: unknown[] } => {
  const table = new Table();
  const errors: unknown[] = [];
  return { table, errors, tail: new EventTail(table, (error) => errors.push(error), { look: 2, idle }) };
};

/** Takes what it is given, as slowly as told, until the signal aborts. */
const take = (tail: EventTail, after: number, filter: EventFilter, signal: AbortSignal, rest: number): { seen: number[]; steps: Step[]; over: Promise<void> } => {
  const [seen, steps]: [number[], Step[]] = [[], []];
  const over = (async () => {
    for await (const step of tail.follow({ after, filter, signal })) {
      steps.push(step);
      seen.push(...step.events.map(({ position }) => position));
      if (rest > 0) await sleep(rest);
    }
  })();
  return { seen, steps, over };
};

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = performance.now() + 5_000; !holds() && performance.now() < end; ) await sleep(1);
};

const FILTERS: EventFilter[] = [{}, { types: ['treaty.signed'] }, { states: ['GNB'] }, { theme: 'clearance' }, { types: ['report.submitted'], states: ['PER', 'GNB'], treaty: 'ccm' }, { treaty: 'apmbc' }];

describe('whoever follows the public log', () => {
  it('is given each event asked for, once and in order, however fast they come and however slowly it takes them', () =>
    fc.assert(fc.asyncProperty(
      fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 6 })), { maxLength: 5 }),
      async (before, after, bursts) => {
        const { table, tail, errors } = open();
        table.publish(before);
        const stop = new AbortController();
        const takers = FILTERS.map((filter, index) => ({ filter, ...take(tail, after, filter, stop.signal, (index % 3) * 3) }));
        for (const [count, others, pause] of bursts) {
          await sleep(pause);
          table.publish(count, others);
        }
        const wanted = FILTERS.map((filter) => table.all(after, filter));
        await until(() => takers.every(({ seen }, index) => seen.length >= (wanted[index]?.length ?? 0)));
        await sleep(5);
        stop.abort();
        await Promise.all(takers.map(({ over }) => over));
        expect(takers.map(({ seen }) => seen)).toEqual(wanted);
        expect(errors).toEqual([]);
      },
    ), { numRuns: 20 }));

  it('costs the table next to nothing beside the one who looks for all', async () => {
    const { table, tail } = open();
    table.publish(10);
    const stop = new AbortController();
    const takers = Array.from({ length: 100 }, () => take(tail, 10, {}, stop.signal, 0));
    await sleep(10);
    const before = table.asked;
    table.publish(50);
    await until(() => takers.every(({ seen }) => seen.length === 50));
    expect(table.asked - before).toBeLessThan(20);
    stop.abort();
    await Promise.all(takers.map(({ over }) => over));
  });

  it('hears now and then that the line stands, and how far it was looked', async () => {
    const { table, tail } = open(10);
    const stop = new AbortController();
    const { steps, over } = take(tail, 0, { theme: 'clearance' }, stop.signal, 0);
    await until(() => steps.length > 1);
    table.publish(3);
    await until(() => steps.at(-1)?.position === 3);
    stop.abort();
    await over;
    expect(steps.every(({ events }) => events.length === 0)).toBe(true);
    expect(steps.at(-1)).toEqual({ events: [], position: 3 });
  });

  it('ends at once when it has had enough, and then nobody looks any more', async () => {
    const { table, tail } = open();
    const stop = new AbortController();
    const { over } = take(tail, 0, {}, stop.signal, 0);
    await sleep(5);
    stop.abort();
    await over;
    await sleep(10);
    const asked = table.asked;
    await sleep(20);
    expect(table.asked).toBe(asked);
  });

  it('goes on after the table was away while it waited', async () => {
    const { table, tail, errors } = open();
    const stop = new AbortController();
    const { seen, over } = take(tail, 0, {}, stop.signal, 0);
    await sleep(5);
    table.away = true;
    await until(() => errors.length > 0);
    table.away = false;
    table.publish(2);
    await until(() => seen.length === 2);
    stop.abort();
    await over;
    expect(seen).toEqual([1, 2]);
  });
});
