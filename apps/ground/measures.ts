import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import type { Notices } from '#notices';
import { type Clock, heldLeases, type Metrics } from '#platform';
import { cursorOf } from '#read-models';
import type { Webhooks } from '#webhooks';
import type { LazyQueues } from './queues.js';

export interface MeasuresParts {
  metrics: Metrics;
  pool: Pool;
  log: EventLog;
  clock: Clock;
  notices: Pick<Notices, 'outbox'>;
  webhooks: Pick<Webhooks, 'logPosition' | 'deliveries'>;
  queues: Pick<LazyQueues, 'counts'>;
}

/** Milliseconds for which figures are good enough, so that many who ask cost no more than one. */
const GOOD_FOR_MS = 5_000;
/** Whoever asks does not wait for a database that hangs; what it did not tell is left out. */
const PATIENCE_MS = 3_000;

/**
 * Looks at what all processes share when somebody asks for the figures: how far the followers are, what is owed, what
 * waits in the queues. Each question is answered from an index on what is open, however much is done with.
 */
export class Measures {
  private takenAt = -Infinity;
  private taking: Promise<void> | null = null;

  constructor(private readonly parts: MeasuresParts) {}

  async taken(): Promise<{ type: string; text: string }> {
    const { metrics } = this.parts;
    if (performance.now() - this.takenAt > GOOD_FOR_MS) await (this.taking ??= this.take().finally(() => (this.taking = null)));
    metrics.owns.reset();
    for (const lease of heldLeases()) metrics.owns.set({ lease }, 1);
    return { type: metrics.registry.contentType, text: await metrics.registry.metrics() };
  }

  private async take(): Promise<void> {
    await Promise.race([Promise.all([this.lag(), this.owed(), this.jobs()]), sleep(PATIENCE_MS, undefined, { ref: false })]);
    this.takenAt = performance.now();
  }

  private lag(): Promise<void> {
    const { metrics: { lagEvents, lagSeconds }, pool, log, clock, webhooks } = this.parts;
    return figures([lagEvents, lagSeconds], async () => {
      const head = await log.lastPosition();
      const now = clock.now().epochMilliseconds;
      return Promise.all(([['read models', cursorOf(pool)], ['webhooks', webhooks.logPosition()]] as const).map(async ([follower, at]) => {
        const position = await at;
        const { events: [oldest] } = position < head ? await log.readAll({ after: position, max: 1 }) : { events: [] };
        return () => {
          lagEvents.set({ follower }, Math.max(0, head - position));
          lagSeconds.set({ follower }, oldest ? Math.max(0, (now - Date.parse(oldest.recordedAt)) / 1_000) : 0);
        };
      }));
    });
  }

  private async owed(): Promise<void> {
    const { metrics: { notices, deliveries, endpoints }, notices: { outbox }, webhooks } = this.parts;
    await Promise.all([
      figures([notices], async () => Object.entries(await outbox.waiting()).map(([state, count]) => () => notices.set({ state }, count))),
      figures([deliveries], async () => Object.entries(await webhooks.deliveries.waiting()).map(([state, count]) => () => deliveries.set({ state }, count))),
      figures([endpoints], async () => Object.entries(await webhooks.deliveries.endpoints()).map(([status, count]) => () => endpoints.set({ status }, count))),
    ]);
  }

  private jobs(): Promise<void> {
    const { metrics: { jobs }, queues } = this.parts;
    return figures([jobs], async () => [...(await queues.counts())].flatMap(([queue, counts]) => Object.entries(counts).map(([state, count]) => () => jobs.set({ queue, state }, count))));
  }
}

/** Old figures would look like true ones: where there are no new ones, there are none. */
const figures = async (gauges: readonly { reset(): void }[], look: () => Promise<(() => void)[]>): Promise<void> => {
  const found = await look().catch(() => []);
  for (const gauge of gauges) gauge.reset();
  for (const set of found) set();
};
