import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { type Clock, pause, whileLeased } from '#platform';
import { liveTreaties } from '#read-models';
import type { TreatyRules } from '#treaty';
import type { WorkQueue } from '#work-queue';
import { recordCorrespondence } from './correspondence.js';
import type { Deliverer } from './deliver.js';
import type { Outbox } from './outbox.js';
import type { Planner } from './planner.js';

export interface PostmanParts {
  pool: Pool;
  log: EventLog;
  clock: Clock;
  treaties: ReadonlyMap<string, TreatyRules>;
  outbox: Outbox;
  planner: Planner;
  deliverer: Deliverer;
  queue: WorkQueue;
  onError: (error: unknown) => void;
}

/** Rows are looked at this often; a queue that lost everything is full again within this time. */
const ROUND_MS = 15_000;
/** What lies further ahead waits in its row. */
const AHEAD = { hours: 48 };
/** A message that has been on its way for longer than any attempt may take was lost with its process. */
const LOST_AFTER = { minutes: 10 };
const AT_ONCE = 5;

/**
 * Keeps the letters going: plans what a day owes, wakes what is due, records what became of it. One process at a time
 * does the rounds; any number deliver.
 */
export class Postman {
  private readonly stopping = new AbortController();
  private rounds: Promise<void> | null = null;

  constructor(private readonly parts: PostmanParts) {}

  start(): void {
    const { pool, queue, deliverer, onError } = this.parts;
    // Reported here, so that the job is done and the next round may wake the row again: a failed job would bar its id.
    queue.work((id) => deliverer.deliver(id).catch(onError), AT_ONCE);
    this.rounds ??= whileLeased(pool, 'postman', this.stopping.signal, (held) => this.goRound(held), onError);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.rounds;
  }

  private async goRound(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      await this.once().catch(this.parts.onError);
      await pause(ROUND_MS, held);
    }
  }

  /** One round; also what a test or an operator may ask for. */
  async once(): Promise<void> {
    const { pool, log, clock, treaties, outbox, planner, deliverer, queue } = this.parts;
    await deliverer.giveUpOnLost(clock.now().subtract(LOST_AFTER));
    for (const [treaty, since] of await liveTreaties(pool)) {
      const rules = treaties.get(treaty);
      if (rules) await planner.planThroughToday(rules, since);
    }
    for (const { id, sendAfter } of await outbox.due(clock.now().add(AHEAD))) await queue.wake(id, sendAfter);
    while ((await recordCorrespondence(pool, log, clock)) > 0);
  }
}
