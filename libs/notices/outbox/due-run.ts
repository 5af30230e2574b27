import type { Clock } from '#platform';
import type { Deliverer } from './deliver.js';
import type { DuePlace, Outbox } from './outbox.js';

interface DueRunParts {
  outbox: Pick<Outbox, 'due'>;
  deliverer: Pick<Deliverer, 'deliver'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Letters under way in one process: enough to keep five connections to a mail server busy while rows are written, and few to be left `unknown` if it dies. */
const AT_ONCE = 20;
/** Rows read at a time, so that memory does not grow with what is due. */
const PAGE = 200;

/**
 * Delivers all that is due, in the order in which it fell due. Whoever asks while a run is under way shares it; it then
 * looks once more, since a row may have fallen due behind it.
 */
export class DueRun {
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;

  constructor(private readonly parts: DueRunParts) {}

  run(): Promise<void> {
    this.wanted = true;
    this.running ??= this.goOn();
    return this.running;
  }

  /** Takes up no more; resolves when what is under way rests. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running?.catch(() => undefined);
  }

  private async goOn(): Promise<void> {
    try {
      while (this.wanted && !this.stopped) {
        this.wanted = false;
        const ids = this.due();
        const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => this.deliverAll(ids)));
        for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
      }
    } finally {
      // In the same turn as the last look at `wanted`: whoever asks after it begins a run of its own.
      this.running = null;
    }
  }

  private async deliverAll(ids: AsyncIterable<string>): Promise<void> {
    for await (const id of ids) await this.parts.deliverer.deliver(id).catch(this.parts.onError);
  }

  /** Forwards only: what stays due because it could not be delivered is the next run's. */
  private async *due(): AsyncGenerator<string, void, undefined> {
    for (let last: DuePlace | undefined; ; ) {
      const page = await this.parts.outbox.due({ before: this.parts.clock.now(), after: last, limit: PAGE });
      for (const { id } of page) {
        if (this.stopped) return;
        yield id;
      }
      last = page.at(-1);
      if (!last) return;
    }
  }
}
