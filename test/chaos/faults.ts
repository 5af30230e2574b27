import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet, Place } from './fleet.js';
import type { Stage } from './stage.js';
import type { Takeovers } from './takeovers.js';

/** Milliseconds from one fault to the next. */
const EVERY = [1_000, 4_000] as const;
/** A frozen process: sometimes for longer than its leases wait. */
const FROZEN = [1_000, 14_000] as const;
/** A process ends in good order within so long. */
const GRACE_MS = 25_000;
const AWAY = [500, 3_000] as const;

const between = ([least, most]: readonly [number, number]): number => least + Math.random() * (most - least);
const pick = <One>(from: readonly One[]): One => from[Math.floor(Math.random() * from.length)] as One;

/** One fault after the other, and now and then two at once, until told to stop. */
export class Faults {
  readonly done = new Map<string, number>();
  readonly complaints: string[] = [];
  slowestEnd = 0;
  private readonly underWay = new Set<Promise<unknown>>();
  private restarting = false;

  constructor(
    private readonly stage: Stage,
    private readonly fleet: Fleet,
    private readonly takeovers: Takeovers,
  ) {}

  async until(end: number): Promise<void> {
    while (Date.now() < end) {
      await sleep(between(EVERY));
      const fault = this.choose().catch((error: unknown) => this.complaints.push(String(error)));
      this.underWay.add(fault);
      void fault.then(() => this.underWay.delete(fault));
    }
    await Promise.all(this.underWay);
  }

  private choose(): Promise<void> {
    const chance = Math.random();
    if (chance < 0.06) return this.restart('PostgreSQL restarted', () => this.stage.stopPostgres(), () => this.stage.startPostgres());
    if (chance < 0.13) return this.restart('Redis killed and started empty', () => this.stage.redis.stop(), () => this.stage.redis.start());
    if (chance < 0.18) return this.cutConnections();
    // Somebody must be left to do the work.
    const standing = this.fleet.places.filter(({ wasUp, doomed, frozen }) => wasUp && !doomed && !frozen);
    const free = standing.filter(({ app }) => standing.filter((other) => other.app === app).length > 1);
    if (free.length === 0) return Promise.resolve();
    // Workers more often than their share: it is they who own something.
    const workers = free.filter(({ app }) => app === 'worker');
    const place = pick(workers.length > 0 && Math.random() < 0.4 ? workers : free);
    if (chance < 0.5) return this.kill(place);
    return chance < 0.72 ? this.tell(place) : this.freeze(place);
  }

  private async kill(place: Place): Promise<void> {
    this.count('process killed (SIGKILL)');
    this.takeovers.vacated(place, 'killed');
    await this.fleet.end(place, 'SIGKILL');
  }

  private async tell(place: Place): Promise<void> {
    this.count('process told to end (SIGTERM)');
    this.takeovers.vacated(place, 'told to end');
    const { code, ms } = await this.fleet.end(place, 'SIGTERM');
    this.slowestEnd = Math.max(this.slowestEnd, ms);
    if (ms > GRACE_MS + 1_000 || (code !== 0 && this.stage.isSound(GRACE_MS))) this.complaints.push(`${place.name} was told to end, and did so after ${Math.round(ms)} ms with code ${code}: ${place.program.output().slice(-500)}`);
  }

  private async freeze(place: Place): Promise<void> {
    this.count('process frozen (SIGSTOP)');
    const { program } = place;
    this.takeovers.vacated(place, 'frozen');
    this.fleet.freeze(place);
    await sleep(between(FROZEN));
    if (place.program !== program) return;
    this.takeovers.returned(place);
    this.fleet.thaw(place);
  }

  private async restart(name: string, stop: () => Promise<void>, start: () => Promise<void>): Promise<void> {
    if (this.restarting) return;
    this.restarting = true;
    this.count(name);
    this.stage.unsound(true);
    await stop();
    await sleep(between(AWAY));
    await start();
    this.stage.unsound(false);
    this.restarting = false;
  }

  private async cutConnections(): Promise<void> {
    this.count('database connections cut');
    // Whoever is starting at this moment cannot.
    if (this.stage.isSound()) this.stage.unsound(false);
    await this.stage.looking.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'pacta%' AND random() < 0.5").catch(() => undefined);
  }

  private count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}
