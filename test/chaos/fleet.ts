import { setTimeout as sleep } from 'node:timers/promises';
import { atTheOffice } from '../faults/letters.js';
import { freePort } from '../faults/own-redis.js';
import { type Program, runFrom } from '../faults/programs.js';
import type { Stage } from './stage.js';

/** A place in the fleet: a process at an address, and another in its stead when it ends. */
export interface Place {
  app: 'api' | 'worker';
  name: string;
  /** `http://127.0.0.1:…` */
  base: string;
  program: Program;
  /** It has been ready since it was started; from then on it is not to end by itself. */
  wasUp: boolean;
  /** It was told to end, or was ended by us. */
  doomed: boolean;
  frozen: boolean;
}

/** So long after something below was restarted a process may still fail to start. */
const AFTERMATH_MS = 10_000;
/** A mistake of ours, whatever happens around it. */
const BUG = /\b(TypeError|ReferenceError|RangeError|SyntaxError|AssertionError|ERR_ASSERTION|ERR_UNHANDLED|heap out of memory)\b.*/;

/** Three API and three worker processes, each started again when it ends, as whoever runs containers does. */
export class Fleet {
  readonly places: Place[] = [];
  readonly complaints: string[] = [];
  starts = 0;
  private ending = false;

  constructor(
    private readonly stage: Stage,
    private readonly env: Record<string, string>,
  ) {}

  async start(): Promise<void> {
    for (const app of ['api', 'worker'] as const) {
      for (const number of [1, 2, 3]) {
        const place: Place = { app, name: `${app} ${number}`, base: `http://127.0.0.1:${await freePort()}`, program: undefined as unknown as Program, wasUp: false, doomed: false, frozen: false };
        this.places.push(place);
        void this.keep(place);
      }
    }
    await this.allUp(60_000);
  }

  get apis(): Place[] {
    return this.places.filter(({ app }) => app === 'api');
  }

  get workers(): Place[] {
    return this.places.filter(({ app }) => app === 'worker');
  }

  /** Resolves when all answer that they are ready. */
  async allUp(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    for (const place of this.places) {
      while (!(await answers(`${place.base}/health/ready`))) {
        if (Date.now() > end) throw new Error(`${place.name} is not ready: ${await said(`${place.base}/health/ready`)}\n${place.program.output().slice(-2_000)}`);
        await sleep(100);
      }
    }
  }

  freeze(place: Place): void {
    place.frozen = true;
    process.kill(place.program.pid, 'SIGSTOP');
  }

  thaw(place: Place): void {
    if (place.frozen && place.program.runs()) process.kill(place.program.pid, 'SIGCONT');
    place.frozen = false;
  }

  /** Ends it for good or for the next one; its exit code. */
  async end(place: Place, signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    const { program } = place;
    place.doomed = true;
    const told = performance.now();
    return { code: await program.signal(signal), ms: performance.now() - told };
  }

  /** Everybody, in good order; nobody is started again. */
  async endAll(): Promise<{ name: string; code: number | null; ms: number }[]> {
    this.ending = true;
    for (const place of this.places) this.thaw(place);
    return Promise.all(this.places.filter(({ program }) => program.runs()).map(async (place) => ({ name: place.name, ...(await this.end(place, 'SIGTERM')) })));
  }

  killAll(): void {
    this.ending = true;
    for (const { program } of this.places) if (program?.runs()) void program.signal('SIGKILL');
  }

  private async keep(place: Place): Promise<void> {
    while (!this.ending) {
      this.starts++;
      const port = new URL(place.base).port;
      const program = runFrom(process.cwd(), place.app, { ...this.env, ...atTheOffice(), ...(place.app === 'api' ? { PORT: port } : { WORKER_PORT: port }) });
      Object.assign(place, { program, wasUp: false, doomed: false, frozen: false });
      void this.watchComeUp(place, program);
      const code = await program.ended;
      const bug = BUG.exec(program.output())?.[0];
      if (bug) this.complaints.push(`${place.name}: ${bug}`);
      if (!place.doomed && (place.wasUp || this.stage.isSound(AFTERMATH_MS))) this.complaints.push(`${place.name} ended by itself (${code}): ${program.output().slice(-1_500)}`);
      await sleep(200 + Math.random() * 800);
    }
  }

  private async watchComeUp(place: Place, program: Program): Promise<void> {
    while (place.program === program && program.runs()) {
      if (await answers(`${place.base}/health/ready`)) {
        place.wasUp = true;
        return;
      }
      await sleep(100);
    }
  }
}

const answers = (url: string): Promise<boolean> => fetch(url, { signal: AbortSignal.timeout(3_000) }).then(async (answer) => (await answer.text(), answer.ok), () => false);
const said = (url: string): Promise<string> => fetch(url, { signal: AbortSignal.timeout(3_000) }).then((answer) => answer.text(), String);
