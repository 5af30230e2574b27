import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { type Clock, pause, whileLeased } from '#platform';
import { liveTreaties, untilCurrent } from '#read-models';
import type { TreatyRules } from '#treaty';
import type { WorkQueue } from '#work-queue';
import type { Holds } from '../holds/holds.js';
import { recordActs, recordHolds } from './acts.js';
import { type OnRecorded, recordCorrespondence } from './correspondence.js';
import type { Deliverer } from './deliver.js';
import { DueRun } from './due-run.js';
import type { Outbox } from './outbox.js';
import type { Planner } from './planner.js';

export interface PostmanParts {
  pool: Pool;
  log: EventLog;
  clock: Clock;
  treaties: ReadonlyMap<string, TreatyRules>;
  outbox: Outbox;
  holds: Holds;
  planner: Planner;
  deliverer: Deliverer;
  queue: WorkQueue;
  /** Rows are looked at this often; a queue that lost everything is full again within this time. */
  roundSeconds: number;
  onError: (error: unknown) => void;
  /** Told how many messages came to a state and are on record as such. */
  onRecorded?: OnRecorded;
}

/** What lies further ahead, and what is less urgent than so many others, waits in its row. */
const AHEAD = { hours: 48 };
const WOKEN = 500;
/** A message that has been on its way for longer than any attempt may take was lost with its process. */
const LOST_AFTER = { minutes: 10 };
const WAKE_UPS_AT_ONCE = 5;
/** A mail server that has not answered by then is left without its answer when the service is told to end. */
const GRACE_MS = 5_000;
/** How long a round waits for the read models before it leaves the planning to the next. */
const PATIENCE_MS = 5_000;

/**
 * Keeps the letters going: plans what a day owes, wakes what is due, records what became of it. One process at a time
 * does the rounds; any number deliver.
 */
export class Postman {
  private readonly stopping = new AbortController();
  private rounds: Promise<void> | null = null;
  private sending: Promise<void> = Promise.resolve();
  private readonly dueRun: DueRun;

  constructor(private readonly parts: PostmanParts) {
    this.dueRun = new DueRun(parts);
  }

  start(): void {
    const { pool, queue, onError } = this.parts;
    // One wake-up takes along all that is due, so a thousand letters of one morning are one run and not a thousand jobs.
    queue.work(() => this.dueRun.run(), WAKE_UPS_AT_ONCE);
    this.rounds ??= whileLeased(pool, 'postman', this.stopping.signal, (held) => this.goRound(held), onError);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const patience = setTimeout(() => this.parts.deliverer.hangUp(), GRACE_MS);
    await this.dueRun.stop();
    clearTimeout(patience);
    await this.rounds;
    await this.sending;
  }

  private async goRound(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      await this.once().catch(this.parts.onError);
      await pause(this.parts.roundSeconds * 1_000, held);
    }
  }

  /** One round; also what a test or an operator may ask for. */
  async once(): Promise<void> {
    const { pool, clock, treaties, outbox, holds, planner, deliverer, queue, onError } = this.parts;
    await deliverer.giveUpOnLost(clock.now().subtract(LOST_AFTER));
    for (const [treaty, since] of await liveTreaties(pool)) {
      const rules = treaties.get(treaty);
      if (rules) await planner.planThroughToday(rules, since, () => this.isCurrent());
    }
    await holds.sweep();
    // Whatever the queue has lost, or cannot hold now, goes out all the same. Not waited for: a mail server may be slow.
    const sending = this.dueRun.run().then(() => this.putOnRecord()).catch(onError);
    // Of what came of earlier rounds nothing is kept: there may be years of them.
    this.sending = Promise.all([this.sending, sending]).then(() => undefined);
    await queue.wake((await outbox.due({ before: clock.now().add(AHEAD), limit: WOKEN })).map(({ id, sendAfter }) => ({ row: id, at: sendAfter }))).catch(onError);
    await this.putOnRecord();
  }

  /** A day is planned once, so not from read models that have not taken in yet what arrived before it. */
  private isCurrent(): Promise<boolean> {
    return untilCurrent(this.parts.pool, this.parts.log, AbortSignal.any([this.stopping.signal, AbortSignal.timeout(PATIENCE_MS)]));
  }

  private async putOnRecord(): Promise<void> {
    const { pool, log, clock, onRecorded } = this.parts;
    while ((await recordActs(pool, log, clock, onRecorded)) + (await recordHolds(pool, log, clock)) + (await recordCorrespondence(pool, log, clock, onRecorded)) > 0);
  }
}
