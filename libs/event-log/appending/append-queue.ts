import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Appended } from '../port.js';
import type { Append, Outcome } from './decide-batch.js';

interface Waiting {
  append: Append;
  events: number;
  bytes: number;
  resolve: (appended: Appended[]) => void;
  reject: (error: Error) => void;
}

/** Of one transaction; a single larger append still goes through, alone. */
const MOST = { appends: 1_000, events: 5_000, bytes: 8 * 1024 * 1024 };

/**
 * Group commit: whatever comes in while one batch is being written forms the next, so a hundred callers pay for one
 * commit between them, and a lone caller waits for nobody.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private closed = false;

  /** `commit` answers one outcome per append, in order. */
  constructor(private readonly commit: (batch: Append[]) => Promise<Outcome[]>) {}

  add(append: Append): Promise<Appended[]> {
    if (this.closed) return Promise.reject(new Error('The event log is closed.'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, ...size(append), resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Takes no more; resolves when all that was taken has its answer. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whoever calls in the same turn of the event loop comes along.
      await endOfTurn();
      const batch = this.take();
      // An answer is given only now, a refusal too: it may rest on events of the same batch.
      const outcomes = await this.commit(batch.map(({ append }) => append)).catch((error: Error) => batch.map(() => error));
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index]!;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
    }
    this.running = undefined;
  }

  private take(): Waiting[] {
    let [events, bytes, count] = [0, 0, 0];
    for (const next of this.waiting) {
      events += next.events;
      bytes += next.bytes;
      if (count > 0 && (count === MOST.appends || events > MOST.events || bytes > MOST.bytes)) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }
}

const size = (append: Append): { events: number; bytes: number } => {
  const events = append.flatMap((write) => write.events);
  return { events: events.length, bytes: events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0) };
};
