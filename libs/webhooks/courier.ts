import type { Pool } from 'pg';
import { type Clock, instantOf, pause, whileLeased } from '#platform';
import type { WorkQueue } from '#work-queue';
import type { CalendarSweep } from './calendar/sweep.js';
import type { Deliverer } from './delivery/deliverer.js';
import { disableFailing } from './delivery/outcomes.js';
import type { Challenges } from './endpoints/challenges.js';
import type { DisabledEndpoints } from './endpoints/disabled-endpoints.js';
import type { Follower } from './events/follower.js';
import { FAILING_FOR } from './schedule/retry.js';
import type { Wakes } from './wakes.js';

export interface CourierParts {
  pool: Pool;
  clock: Clock;
  wakes: Wakes;
  follower: Follower;
  deliverer: Deliverer;
  challenges: Challenges;
  calendar: CalendarSweep;
  disabled: DisabledEndpoints;
  onError: (error: unknown) => void;
}

const ROUND_MS = 5_000;
const CHALLENGE_MS = 2_000;

/**
 * Keeps webhooks going. One process at a time follows the log and does the rounds; any number call endpoints.
 */
export class Courier {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | null = null;
  private ring: () => void = () => undefined;

  constructor(private readonly parts: CourierParts) {}

  start(queue: WorkQueue): void {
    const { pool, wakes, deliverer, follower, onError } = this.parts;
    const { signal } = this.stopping;
    wakes.listen(queue, () => {
      deliverer.nudge();
      this.ring();
    });
    deliverer.start();
    this.running ??= Promise.all([
      whileLeased(pool, 'webhooks follower', signal, (held) => follower.follow(held), onError),
      whileLeased(pool, 'webhooks rounds', signal, (held) => this.goRound(held), onError),
      this.challenge(signal),
    ]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.ring();
    await this.parts.deliverer.stop();
    await this.running;
  }

  /** One round; also what a test or an operator may ask for. */
  async once(): Promise<void> {
    const { pool, clock, calendar, disabled } = this.parts;
    await calendar.throughToday();
    await disableFailing(pool, instantOf(clock), clock.now().subtract(FAILING_FOR).toString());
    await disabled.tellOwners();
  }

  private async goRound(held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      await this.once().catch(this.parts.onError);
      await pause(ROUND_MS, held);
    }
  }

  private async challenge(signal: AbortSignal): Promise<void> {
    const { challenges, clock, onError } = this.parts;
    while (!signal.aborted) {
      const next = await challenges.round().catch(onError);
      const wait = next ? next.since(clock.now()).total('milliseconds') : CHALLENGE_MS;
      await this.rest(Math.min(Math.max(wait, 50), CHALLENGE_MS));
    }
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, this.stopping.signal.aborted ? 0 : milliseconds);
      this.ring = done;
    });
  }
}
