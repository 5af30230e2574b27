import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { InMemoryEventLog, type JsonObject } from '#event-log';
import { createScratchDatabase, instantOf, migrate, openPool, StoppedClock } from '#platform';
import { dossierStream } from '#treaty';
import { Bodies } from '../delivery/bodies.js';
import { Deliverer } from '../delivery/deliverer.js';
import { DeliveryLog, type DeliveryView } from '../delivery/delivery-log.js';
import { disableFailing } from '../delivery/outcomes.js';
import { Challenges } from '../endpoints/challenges.js';
import type { NewEndpoint } from '../endpoints/endpoint.js';
import { Endpoints } from '../endpoints/endpoints.js';
import { Follower } from '../events/follower.js';
import { PublishedEvents } from '../events/published-events.js';
import { Caller } from '../guard/post.js';
import { SigningKeys } from '../signing/signing-keys.js';
import { Seal } from '../storage/seal.js';
import { WEBHOOK_STEPS } from '../storage/tables.js';
import { ccm } from './real-record.js';

const BASE = 'https://pacta.example';
const reach = { allowLoopback: true };
/** Its secrets are encrypted with it. */
export const OWN_KEY = Buffer.alloc(32, 7).toString('base64');
export const DEPOSITED = 'treaty.instrument.deposited';

export interface PostOffice {
  pool: Pool;
  clock: StoppedClock;
  endpoints: Endpoints;
  deliveries: DeliveryLog;
  events: PublishedEvents;
  errors: unknown[];
  /** Instants at which it was asked to be woken. */
  wakes: string[];
  /** Records facts of States, and waits until everybody who is owed them is; their ids. */
  record(type: string, states: readonly string[], data?: JsonObject, history?: boolean): Promise<string[]>;
  /** A further worker. */
  worker(options?: { atOnce?: number }): Deliverer;
  /** Everything that is due now. */
  deliver(): Promise<void>;
  /** Some time later, everything that is due by then. */
  later(time: Temporal.DurationLike): Promise<void>;
  challenge(): Promise<void>;
  /** An endpoint that has answered its challenge. */
  active(owner: string, url: string, asked?: Partial<NewEndpoint>): Promise<{ id: string; secret: string; publicKey: string }>;
  log(id: string): Promise<DeliveryView[]>;
  close(): Promise<void>;
}

/** Subscriptions and deliveries on a database of their own, with a clock that stands, and nothing that runs by itself but the follower. */
export const openPostOffice = async (): Promise<PostOffice> => {
  const database = await createScratchDatabase();
  const pool = openPool(database.url, { max: 8 });
  const clock = new StoppedClock(Temporal.Instant.from('2026-12-01T08:00:00Z'));
  const log = new InMemoryEventLog();
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  await migrate(pool, 'webhooks', WEBHOOK_STEPS);
  const seal = new Seal(OWN_KEY);
  const keys = new SigningKeys(pool, seal, clock);
  await keys.prepare();
  const caller = new Caller({ reach, timeout: 1_000 });
  const wakes: string[] = [];
  const wake = (...at: Temporal.Instant[]): void => void wakes.push(...at.map(String));
  const events = new PublishedEvents(pool);
  const worker = ({ atOnce }: { atOnce?: number } = {}): Deliverer => new Deliverer({ pool, clock, seal, keys, caller, bodies: new Bodies(events, BASE), wake, onError, ...(atOnce === undefined ? {} : { atOnce }) });
  const endpoints = new Endpoints(pool, seal, keys, clock, reach, wake);
  const deliveries = new DeliveryLog(pool, clock, wake);
  const challenges = new Challenges({ pool, clock, seal, keys, caller, base: BASE }, onError);
  const closing = new AbortController();
  const following = new Follower({ pool, log, clock, treaties: new Map([['ccm', ccm]]), onError, onOwed: () => undefined }).follow(closing.signal);
  const one = worker();

  const office: PostOffice = {
    pool, clock, endpoints, deliveries, events, errors, wakes, worker,
    record: async (type, states, data = {}, history = false) => {
      const ids: string[] = [];
      for (const iso3 of states) {
        const id = v7();
        await log.append(dossierStream('ccm', iso3), [{ id, type, data: { effectiveOn: '2026-11-30', knownBy: null, knownOn: '2026-11-30', data }, metadata: { actor: 'key:x', source: { title: 'Depositary notification' }, ...(history ? { history } : {}) }, recordedAt: instantOf(clock) }], { expected: 'any' });
        ids.push(id);
      }
      const last = await log.lastPosition();
      while ((await events.position()) < last) await new Promise((resolve) => setTimeout(resolve, 2));
      return ids;
    },
    deliver: () => one.untilIdle(),
    later: async (time) => {
      clock.moveTo(clock.now().add(time));
      await disableFailing(pool, instantOf(clock), clock.now().subtract({ hours: 120 }).toString());
      await one.untilIdle();
    },
    challenge: async () => void (await challenges.round()),
    active: async (owner, url, asked = {}) => {
      const { endpoint: { id }, secret, publicKey } = await endpoints.create(owner, { url, types: [DEPOSITED], ...asked });
      clock.moveTo(clock.now().add({ seconds: 1 }));
      await challenges.round();
      const { status, reason } = await endpoints.find(id, owner);
      if (status !== 'active') throw new Error(`The endpoint is ${status}: ${reason}`);
      return { id, secret, publicKey };
    },
    log: (id) => deliveries.page(id, 1_000),
    close: async () => {
      closing.abort();
      await following;
      await caller.close();
      await log.close();
      await pool.end();
      await database.drop();
    },
  };
  return office;
};
