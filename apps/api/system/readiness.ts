import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { cursorOf } from '#read-models';
import type { Metrics } from '#platform';

export interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}

/** Whether the service can answer truly: the log answers, the read models are current, and what was to be loaded is. */
export class Readiness {
  private behindSince: number | null = null;
  /** Set while a record is being loaded; the sentence says what is going on. */
  private waitingFor: string | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly lagSeconds: number,
    private readonly metrics: Metrics,
  ) {}

  waitFor(what: string | null): void {
    this.waitingFor = what;
  }

  async checks(): Promise<Check[]> {
    const record: Check = this.waitingFor === null ? { name: 'record', ok: true } : { name: 'record', ok: false, detail: this.waitingFor };
    try {
      const head = await this.log.lastPosition();
      return [{ name: 'event log', ok: true }, await this.readModels(head), record];
    } catch {
      return [{ name: 'event log', ok: false, detail: 'does not answer' }, record];
    }
  }

  private async readModels(head: number): Promise<Check> {
    try {
      const behind = Math.max(0, head - (await cursorOf(this.pool)));
      this.metrics.lag.set(behind);
      const now = performance.now();
      this.behindSince = behind === 0 ? null : (this.behindSince ?? now);
      const ok = this.behindSince === null || now - this.behindSince < this.lagSeconds * 1_000;
      return { name: 'read models', ok, ...(behind > 0 ? { detail: `${behind} events behind` } : {}) };
    } catch {
      return { name: 'read models', ok: false, detail: 'not there yet' };
    }
  }
}
