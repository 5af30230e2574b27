import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { cursorOf } from '#read-models';
import { UnfitRedis } from '#work-queue';
import type { LazyQueues } from './queues.js';

export interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

export interface ReadinessParts {
  pool: Pool;
  log: EventLog;
  queues: Pick<LazyQueues, 'ping'>;
  /** Seconds that the read models may lie behind, and the queue be away, before that counts. */
  lagSeconds: number;
}

/** Milliseconds: whoever asks whether we are ready does not wait for what hangs. */
const PATIENCE_MS = 1_000;

/** Whether the service can answer truly: the log answers, the read models are current, the queue is there, and what was to be loaded is. */
export class Readiness {
  /** The oldest end of the log that was seen and is not taken in yet: since then the read models lie behind. */
  private awaited: { position: number; since: number } | null = null;
  /** Tables that are filled for the first time, after an upgrade, are no answer before they have caught up. */
  private wereCurrent = false;
  private queueAwaySince: number | null = null;
  /** Set while a record is being loaded; the sentence says what is going on. */
  private waitingFor: string | null = null;

  constructor(private readonly parts: ReadinessParts) {}

  waitFor(what: string | null): void {
    this.waitingFor = what;
  }

  async checks(): Promise<Check[]> {
    const record: Check = this.waitingFor === null ? { name: 'record', ok: true } : { name: 'record', ok: false, detail: this.waitingFor };
    const [queue, log] = await Promise.all([this.queue(), this.eventLog()]);
    return [...log, queue, record];
  }

  private async eventLog(): Promise<Check[]> {
    try {
      const head = await soon(this.parts.log.lastPosition());
      return [{ name: 'event log', ok: true }, await this.readModels(head)];
    } catch {
      return [{ name: 'event log', ok: false, detail: 'does not answer' }];
    }
  }

  private async readModels(head: number): Promise<Check> {
    try {
      const cursor = await soon(cursorOf(this.parts.pool));
      const behind = Math.max(0, head - cursor);
      const now = performance.now();
      if (cursor >= (this.awaited?.position ?? head)) {
        this.wereCurrent = true;
        this.awaited = null;
      }
      if (behind > 0) this.awaited ??= { position: head, since: now };
      const ok = this.wereCurrent && (this.awaited === null || this.isBearable(this.awaited.since));
      return { name: 'read models', ok, ...(behind > 0 ? { detail: this.parts.log.dense ? `${behind} events behind` : 'behind the log' } : {}) };
    } catch {
      return { name: 'read models', ok: false, detail: 'not there yet' };
    }
  }

  /** Wake-ups can be missed for a while: rounds take up what is due. */
  private async queue(): Promise<Check> {
    try {
      await soon(this.parts.queues.ping());
      this.queueAwaySince = null;
      return { name: 'queue', ok: true };
    } catch (error) {
      this.queueAwaySince ??= performance.now();
      return { name: 'queue', ok: this.isBearable(this.queueAwaySince), detail: error instanceof UnfitRedis ? error.message : 'does not answer' };
    }
  }

  private isBearable(since: number): boolean {
    return performance.now() - since < this.parts.lagSeconds * 1_000;
  }
}

const soon = <Result>(work: Promise<Result>): Promise<Result> => {
  work.catch(() => undefined);
  return Promise.race([work, sleep(PATIENCE_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('too late')))]);
};
