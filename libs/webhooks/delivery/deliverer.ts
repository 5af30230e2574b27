import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { type Clock, instantOf } from '#platform';
import type { Answer, Caller } from '../guard/post.js';
import { nextAttempt, secondsAsked, verdictOf } from '../schedule/retry.js';
import type { MessageSigner } from '../signing/sign.js';
import type { SigningKeys } from '../signing/signing-keys.js';
import type { Seal } from '../storage/seal.js';
import type { Bodies } from './bodies.js';
import { Lane } from './lane.js';
import { Line } from './line.js';
import { HELD_FOR_MS, keepLanes, leaveLanes, type Owed, readOwed, takeLanes } from './lane-rows.js';
import { type Outcome, type Turn, writeOutcomes } from './outcomes.js';
import { CALL_HEADERS, secretsOf } from './trial.js';

export interface DelivererParts {
  pool: Pool;
  clock: Clock;
  seal: Seal;
  keys: SigningKeys;
  caller: Caller;
  bodies: Bodies;
  /** Calls under way at once, in this process. */
  atOnce?: number;
  /** Something is to be done at these instants, by whichever process. */
  wake: (...at: Temporal.Instant[]) => void;
  onError: (error: unknown) => void;
  /** Told what came of a call, once it is written down. */
  onCalled?: OnCalled;
}

export type OnCalled = (call: Pick<Outcome, 'status' | 'position' | 'endpoint'> & { seconds: number }) => void;

const AT_ONCE = 128;
/** Endpoints in one worker's hands, and deliveries read for them at a time. */
const MOST_LANES = 2_000;
const MOST_READ = 6_000;
const MOST_READ_OF_ONE = 500;
/** While there is work, outcomes are written down this often; while there is none, rows are looked at this often. */
const BUSY_MS = 40;
const IDLE_MS = 2_000;
/** Outcomes that are written down before their time. */
const MOST_TOGETHER = 2_000;
/** Outcomes that wait for a database which is away; no further calls are made before it is back. */
const MOST_UNWRITTEN = 5_000;

/**
 * Makes the calls that are owed. Rows own what is owed: endpoints are taken for some seconds at a time, by one worker each, so
 * that a slow or dead one holds up only itself; what came of the calls is written down in batches. A worker that dies
 * loses at most what it had not written down, which is then sent again with the same id.
 */
export class Deliverer {
  private readonly holder = v7();
  private readonly lanes = new Map<string, Lane>();
  private readonly line = new Line();
  private outcomes: { lane: Lane; outcome: Outcome }[] = [];
  private turns: Turn[] = [];
  private underWay = 0;
  private slowUnderWay = 0;
  private keptAt = 0;
  private signer: MessageSigner | null = null;
  private stopping = false;
  private working: Promise<void> | null = null;
  private ring: () => void = () => undefined;
  private rung = false;

  constructor(private readonly parts: DelivererParts) {}

  start(): void {
    this.working ??= this.work();
  }

  /** Something may be due. */
  nudge(): void {
    this.rung = true;
    this.ring();
  }

  /** Lets calls under way end, for a moment, and everything else to whoever comes next. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.nudge();
    await this.working;
    for (let waited = 0; this.underWay > 0 && waited < PATIENCE_MS; waited += BUSY_MS) await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    await this.write().catch(this.parts.onError);
    await this.leave([...this.lanes.values()]).catch(this.parts.onError);
  }

  /** Everything that is due now, to its end; for tests and whoever wants no loop. */
  async untilIdle(): Promise<void> {
    do {
      await this.round();
      if (this.lanes.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    } while (this.lanes.size > 0);
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.round();
      } catch (error) {
        this.parts.onError(error);
        await this.rest(1_000);
      }
      await this.rest(this.lanes.size > 0 ? BUSY_MS : IDLE_MS);
    }
  }

  private async round(): Promise<void> {
    await this.write();
    await this.keep();
    this.signer = await this.parts.keys.signer();
    await this.take();
    await this.settle();
    for (const lane of this.lanes.values()) this.line.stand(lane);
    this.serve();
  }

  /** Takes up endpoints that something is due to. */
  private async take(): Promise<void> {
    const { pool, clock, seal } = this.parts;
    if (this.stopping || this.lanes.size >= MOST_LANES) return;
    if (this.lanes.size === 0) this.keptAt = performance.now();
    const now = clock.now();
    for (const held of await takeLanes(pool, this.holder, now.toString(), MOST_LANES - this.lanes.size)) this.lanes.set(held.id, new Lane(held, secretsOf(seal, held, now.epochMilliseconds)));
  }

  /** Reads on for endpoints that have had everything, and lets those go that nothing more is due to. */
  private async settle(): Promise<void> {
    const { pool, clock, bodies } = this.parts;
    const now = clock.now();
    const hungry = [...this.lanes.values()].filter((lane) => lane.isHungry(now.epochMilliseconds));
    if (hungry.length > 0 && !this.stopping) {
      const each = Math.max(8, Math.min(MOST_READ_OF_ONE, Math.floor(MOST_READ / this.lanes.size)));
      const owed = Map.groupBy(await readOwed(pool, now.toString(), hungry.map(({ id, ordered, held }) => ({ id, ordered, most: each + held.size }))), ({ endpoint }) => endpoint);
      await bodies.load([...owed.values()].flatMap((of) => of.map(({ position }) => position)));
      for (const lane of hungry) lane.fill(owed.get(lane.id) ?? []);
      bodies.trim(() => new Set([...this.lanes.values()].flatMap(({ held }) => [...held])));
    }
    await this.leave([...this.lanes.values()].filter(({ isEmpty }) => isEmpty));
  }

  private async leave(lanes: readonly Lane[]): Promise<void> {
    if (lanes.length === 0) return;
    const { pool, clock, wake } = this.parts;
    const now = clock.now().epochMilliseconds;
    for (const { id } of lanes) this.lanes.delete(id);
    const next = await leaveLanes(pool, this.holder, lanes.map((lane) => ({ endpoint: lane.id, failures: lane.failures, notBefore: lane.notBefore > now ? new Date(lane.notBefore).toISOString() : null })));
    if (next.length > 0) wake(...next.map((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime())));
  }

  /** Says that we are still there; what is no longer ours is let go. */
  private async keep(): Promise<void> {
    const now = performance.now();
    if (this.lanes.size === 0 || now - this.keptAt < HELD_FOR_MS / 4) return;
    const kept = await keepLanes(this.parts.pool, this.holder, instantOf(this.parts.clock), [...this.lanes.keys()]);
    this.keptAt = now;
    for (const lane of this.lanes.values()) if (!kept.has(lane.id)) lane.stop();
  }

  /** Whoever stands in line is served in turn, until all hands are full. */
  private serve(): void {
    const { atOnce = AT_ONCE, clock } = this.parts;
    // Without a sign of life for half of the time that we hold them, they may soon be another's.
    if (this.stopping || this.outcomes.length > MOST_UNWRITTEN || performance.now() - this.keptAt > HELD_FOR_MS / 2) return;
    const now = clock.now().epochMilliseconds;
    while (this.underWay < atOnce) {
      const lane = this.line.next();
      if (!lane) return;
      // Those that keep us waiting get half of the hands at most; the next round looks again.
      if (lane.over || (lane.isSlow && this.slowUnderWay >= atOnce / 2)) continue;
      const owed = lane.next(now);
      if (!owed) continue;
      this.line.stand(lane);
      this.call(lane, owed, now);
    }
  }

  private call(lane: Lane, owed: Owed, now: number): void {
    const { bodies, caller } = this.parts;
    const body = bodies.at(owed.position);
    if (!body || !this.signer) throw new Error(`There is no body for position ${owed.position}.`);
    const slow = lane.isSlow;
    this.underWay++;
    if (slow) this.slowUnderWay++;
    const headers = { ...CALL_HEADERS, ...this.signer.headers({ id: body.id, timestamp: Math.floor(now / 1_000), body: body.text }, lane.secrets) };
    void caller.post(lane.url, body.text, headers).then((answer) => {
      this.underWay--;
      if (slow) this.slowUnderWay--;
      this.done(lane, owed, now, answer);
      this.line.stand(lane);
      this.serve();
      if (this.outcomes.length >= MOST_TOGETHER || this.underWay === 0) this.nudge();
    }).catch(this.parts.onError);
  }

  private done(lane: Lane, { endpoint, position, tries }: Owed, startedAt: number, { status, retryAfter, text, durationMs }: Answer): void {
    const verdict = verdictOf(status);
    const at = new Date(startedAt).toISOString();
    const attempt = { at, status, durationMs, response: text };
    if (verdict === 'delivered') {
      lane.succeeded(durationMs);
      if (lane.failing) this.turns.push({ endpoint, kind: 'well', at });
      lane.failing = false;
      this.outcomes.push({ lane, outcome: { endpoint, position, status: 'delivered', dueAt: at, attempt } });
      return;
    }
    const now = this.parts.clock.now();
    lane.failed(now.epochMilliseconds, status === 429 || status === 503 ? 1_000 * secondsAsked(retryAfter, now) : 0);
    if (!lane.failing) this.turns.push({ endpoint, kind: 'failing', at });
    lane.failing = true;
    const again = verdict === 'gone' ? null : nextAttempt({ attempts: tries + 1, now, retryAfter, random: Math.random() });
    this.outcomes.push({ lane, outcome: { endpoint, position, status: again ? 'pending' : 'failed', dueAt: again?.toString() ?? at, attempt } });
    if (verdict === 'gone') {
      this.turns.push({ endpoint, kind: 'gone', at });
      lane.stop();
    }
  }

  private async write(): Promise<void> {
    if (this.outcomes.length === 0 && this.turns.length === 0) return;
    const [outcomes, turns] = [this.outcomes, this.turns];
    this.outcomes = [];
    this.turns = [];
    try {
      await writeOutcomes(this.parts.pool, outcomes.map(({ outcome }) => outcome), turns);
      for (const { lane, outcome } of outcomes) {
        lane.written(outcome.position);
        this.parts.onCalled?.({ ...outcome, seconds: outcome.attempt.durationMs / 1_000 });
      }
    } catch (error) {
      this.outcomes = [...outcomes, ...this.outcomes];
      this.turns = [...turns, ...this.turns];
      throw error;
    }
  }

  private async rest(milliseconds: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.rung = false;
    this.ring = () => undefined;
  }
}

/** Milliseconds for calls under way when we are told to end. */
const PATIENCE_MS = 2_000;
