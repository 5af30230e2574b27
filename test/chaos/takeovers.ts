import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './fleet.js';
import type { Stage } from './stage.js';

const LEASES = ['projector read_v2', 'postman', 'webhooks follower', 'webhooks rounds'];
/** Who holds a lease, by the name of its session, which begins with its application and process. */
const OWNERS = `SELECT lease, split_part(split_part(application_name, ' ', 3), '-', 1)::int AS pid
  FROM unnest($1::text[]) AS lease JOIN pg_locks ON locktype = 'advisory' AND granted AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = hashtextextended('pacta lease ' || lease, 0)
  JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND application_name LIKE 'pacta worker %'`;
/** Another has a lease so soon after its owner has gone. */
export const TAKEOVER_MS = 10_000;
const LOOK_EVERY_MS = 50;

export type Ending = 'killed' | 'frozen' | 'told to end';

export interface Takeover {
  lease: string;
  ending: Ending;
  ms: number;
}

interface Vacancy {
  lease: string;
  pid: number;
  ending: Ending;
  since: number;
}

/** Watches who holds each lease, and how long it takes until another has it. */
export class Takeovers {
  readonly seen: Takeover[] = [];
  readonly complaints: string[] = [];
  private owners = new Map<string, number>();
  private vacancies: Vacancy[] = [];
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  constructor(private readonly stage: Stage) {}

  start(): void {
    this.watching = this.watch();
  }

  /** Something happens to a worker: from now on it is counted until another has what it held. */
  vacated({ program: { pid } }: Place, ending: Ending): void {
    for (const [lease, owner] of this.owners) if (owner === pid) this.vacancies.push({ lease, pid, ending, since: performance.now() });
  }

  /** It goes on before anybody took over: nothing was vacated, unless it was away for too long. */
  returned({ program: { pid } }: Place): void {
    for (const vacancy of this.vacancies) {
      const away = performance.now() - vacancy.since;
      if (vacancy.pid === pid && vacancy.ending === 'frozen' && away > TAKEOVER_MS && this.stage.isSound(away)) this.complaints.push(`Nobody took over "${vacancy.lease}" from an owner that was frozen for ${Math.round(away)} ms.`);
    }
    this.vacancies = this.vacancies.filter((vacancy) => vacancy.pid !== pid || vacancy.ending !== 'frozen');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.look().catch(() => undefined);
      // A database that is away has no owners, and whoever takes over waits for it.
      if (!this.stage.isSound()) this.vacancies = [];
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async look(): Promise<void> {
    const found = await this.stage.looking.rows<{ lease: string; pid: number }>(OWNERS, [LEASES]);
    const now = performance.now();
    for (const lease of LEASES) if (found.filter((one) => one.lease === lease).length > 1) this.complaints.push(`Two sessions hold the lease "${lease}".`);
    this.owners = new Map(found.map(({ lease, pid }) => [lease, pid]));
    this.vacancies = this.vacancies.filter((vacancy) => {
      const owner = this.owners.get(vacancy.lease);
      if (owner === undefined || owner === vacancy.pid) return true;
      this.seen.push({ lease: vacancy.lease, ending: vacancy.ending, ms: now - vacancy.since });
      return false;
    });
  }
}
