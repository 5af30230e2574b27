import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addLetter } from '../faults/letters.js';
import { remark, send, type Wanted } from '../faults/recording.js';
import { registrarKey, type Service } from '../support/service.js';
import type { Fleet } from './fleet.js';
import type { Stage } from './stage.js';

const WRITERS = 6;
const READERS = 3;
/** A client does not wait for a process that froze: it sends the same to another, with the same key. */
const PATIENCE_MS = 4_000;
const AVOIDED_MS = 2_000;
const PAUSE_MS = 25;
const LETTER_EVERY_MS = 400;
const FIGURES = '/v1/treaties/ccm/status?asAt=2020-09-28';
const READS = [FIGURES, '/v1/treaties/ccm/states/GNB', '/v1/treaties/ccm/obligations?kind=clearance', '/v1/treaties/ccm/states/BGR/history', '/v1/treaties/ccm/deadlines?from=2021-01-01&to=2021-12-31', '/v1/events?limit=20'];

/** Clients that record and ask all the time, each at any of the API processes, and letters that fall due. */
export class Load {
  readonly wanted: Wanted[] = [];
  readonly letters: { id: string; address: string }[] = [];
  readonly complaints: string[] = [];
  acknowledged = 0;
  replayed = 0;
  unanswered = 0;
  busy = 0;
  reads = 0;
  private readonly avoided = new Map<string, number>();
  private readonly stopping = new AbortController();
  private over: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly fleet: Fleet,
    private readonly stage: Stage,
    private readonly states: string[],
  ) {}

  start(): void {
    const { signal } = this.stopping;
    this.over = Promise.all([
      ...Array.from({ length: WRITERS }, () => this.record(signal)), ...Array.from({ length: READERS }, () => this.ask(signal)), this.write(signal),
    ]);
  }

  /** Everything that was begun comes to its answer. */
  async finish(): Promise<void> {
    this.stopping.abort();
    await this.over;
  }

  /** As a proxy before them would: who did not answer is left alone for a while. */
  private anyApi(): Service {
    const all = this.fleet.apis.map(({ base }) => base);
    const answering = all.filter((base) => (this.avoided.get(base) ?? 0) < Date.now());
    const bases = answering.length > 0 ? answering : all;
    return { base: bases[Math.floor(Math.random() * bases.length)] } as Service;
  }

  private notAnswered({ base }: Service): void {
    this.unanswered++;
    this.avoided.set(base, Date.now() + AVOIDED_MS);
  }

  private async record(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const one = remark('a-word', 'ccm', this.states);
      this.wanted.push(one);
      while (!one.told) {
        await this.tryOnce(one);
        if (!one.told) await sleep(100 + Math.random() * 200);
      }
      if (Math.random() < 0.05) await this.readBack(one);
      await sleep(PAUSE_MS);
    }
  }

  private async tryOnce(one: Wanted): Promise<void> {
    const api = this.anyApi();
    try {
      const { status, type, replayed } = await send(api, one, AbortSignal.timeout(PATIENCE_MS));
      if (status === 201) this.acknowledged++;
      else if (status === 503 && type.startsWith('application/problem+json')) this.busy++;
      else this.complaints.push(`A command was answered with ${status} (${type}).`);
      if (replayed === 'true') this.replayed++;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Told ')) this.complaints.push(error.message);
      else this.notAnswered(api);
    }
  }

  /** What one process has recorded, any other answers with. */
  private async readBack({ path, told }: Wanted): Promise<void> {
    const state = path.replace(/\/facts$/, '');
    const answer = await this.get(`${state}/history?minPosition=${told?.position}&type=remark-made&newestFirst=true&limit=100`);
    if (answer && !answer.includes(told?.events[0] ?? '')) this.complaints.push(`${state} does not know position ${told?.position}, though it was asked to.`);
  }

  private async ask(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const path = READS[Math.floor(Math.random() * READS.length)] ?? FIGURES;
      const answer = await this.get(path);
      if (answer && path === FIGURES && !answer.includes('"contractingStates":110')) this.complaints.push(`The board gave other figures: ${answer.slice(0, 300)}`);
      await sleep(PAUSE_MS * 2);
    }
  }

  private async get(path: string): Promise<string | null> {
    const api = this.anyApi();
    try {
      const answer = await fetch(`${api.base}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS), headers: { authorization: `Bearer ${registrarKey()}` } });
      const text = await answer.text();
      this.reads++;
      if (answer.status === 200) return text;
      if (answer.status !== 503) this.complaints.push(`${path} was answered with ${answer.status}: ${text.slice(0, 300)}`);
      return null;
    } catch {
      this.notAnswered(api);
      return null;
    }
  }

  /** Letters as the planner leaves them: each to somebody of its own. */
  private async write(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const id = randomUUID();
      const letter = { id, address: `${id}@mfa.example` };
      try {
        await addLetter(this.stage.looking, { ...letter, status: Math.random() < 0.5 ? 'planned' : 'rendered' });
        this.letters.push(letter);
      } catch {
        // The database is away; one of the two rows may be there, and is looked at like all others.
      }
      await sleep(LETTER_EVERY_MS);
    }
  }
}
