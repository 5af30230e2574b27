import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { type Clock, migrate, type Settings } from '#platform';
import { Assessor, DossierReader } from '#read-models';
import type { TreatyRules } from '#treaty';
import { CalendarSweep } from './calendar/sweep.js';
import { Courier } from './courier.js';
import { Bodies } from './delivery/bodies.js';
import { Deliverer, type OnCalled } from './delivery/deliverer.js';
import { DeliveryLog, type DeliveryView } from './delivery/delivery-log.js';
import { callOnce } from './delivery/trial.js';
import { BlockedHosts } from './endpoints/blocked-hosts.js';
import { Challenges } from './endpoints/challenges.js';
import { DisabledEndpoints, type WriteTo } from './endpoints/disabled-endpoints.js';
import { Endpoints } from './endpoints/endpoints.js';
import { goOnFromEnd, placeIn, readCursor } from './events/cursor.js';
import { Follower } from './events/follower.js';
import { PublishedEvents } from './events/published-events.js';
import { Caller } from './guard/post.js';
import { SigningKeys } from './signing/signing-keys.js';
import { reseal } from './storage/reseal.js';
import { Seal } from './storage/seal.js';
import { WEBHOOK_STEPS } from './storage/tables.js';
import { Subscribers } from './subscribers/subscribers.js';
import { Wakes } from './wakes.js';

/** What webhooks stand on. */
export interface WebhooksGround {
  settings: Pick<Settings, 'PUBLIC_URL' | 'WEBHOOKS_ALLOW_LOOPBACK' | 'WEBHOOKS_SECRETS_KEY'>;
  clock: Clock;
  pool: Pool;
  log: EventLog;
  treaties: ReadonlyMap<string, TreatyRules>;
  writeTo: WriteTo;
  onError: (error: unknown) => void;
  onCalled?: OnCalled;
}

export interface Webhooks {
  endpoints: Endpoints;
  deliveries: DeliveryLog;
  /** The public log, for feeds and replay. */
  events: PublishedEvents;
  blockedHosts: BlockedHosts;
  subscribers: Subscribers;
  signingKeys: SigningKeys;
  /** Sends a test event to an endpoint of an owner's, once, and says what came of it. */
  test(id: string, owner: string | null): Promise<DeliveryView>;
  /** Follows, challenges, delivers; whoever has it decides whether this process does. */
  courier: Courier;
  /** Keeps every secret with the first key of the settings; how many were not. */
  reseal(): Promise<number>;
  /** How far the log of facts has been taken in. */
  logPosition(): Promise<number>;
  /** Where the public log ends once all of the log of facts is taken in. */
  end(): Promise<number>;
  /** @throws {OtherEventLog} what was taken in last is not in this log */
  refuseOtherLog(): Promise<void>;
  /** After the log was brought back from an older backup: goes on from its end. Whether that was needed. */
  goOnFromEnd(): Promise<boolean>;
  close(): Promise<void>;
}

export const openWebhooks = async ({ settings, clock, pool, log, treaties, writeTo, onError, onCalled }: WebhooksGround): Promise<Webhooks> => {
  await migrate(pool, 'webhooks', WEBHOOK_STEPS);
  const base = settings.PUBLIC_URL.replace(/\/$/, '');
  const reach = { allowLoopback: settings.WEBHOOKS_ALLOW_LOOPBACK };
  const seal = new Seal(settings.WEBHOOKS_SECRETS_KEY);
  const keys = new SigningKeys(pool, seal, clock);
  await keys.prepare();
  const subscribers = new Subscribers(pool, clock);
  const wakes = new Wakes(clock, onError);
  const caller = new Caller({ reach });
  const events = new PublishedEvents(pool);
  const trial = { pool, clock, seal, keys, caller, base };
  const endpoints = new Endpoints(pool, seal, keys, clock, reach, wakes.at);
  const deliveries = new DeliveryLog(pool, clock, wakes.at);
  const courier = new Courier({
    pool, clock, wakes, onError,
    follower: new Follower({ pool, log, clock, treaties, onError, onOwed: () => wakes.at(clock.now()) }),
    deliverer: new Deliverer({ pool, clock, seal, keys, caller, bodies: new Bodies(events, base), wake: wakes.at, onError, ...(onCalled ? { onCalled } : {}) }),
    challenges: new Challenges(trial, onError),
    calendar: new CalendarSweep({ pool, log, clock, treaties, assessor: new Assessor(new DossierReader(pool)) }),
    disabled: new DisabledEndpoints(pool, base, subscribers, writeTo, onError),
  });
  const test = async (id: string, owner: string | null): Promise<DeliveryView> => {
    const { delivery } = await callOnce(trial, await endpoints.rowToTest(id, owner), 'webhook.test', {});
    return (await deliveries.find(delivery)).delivery;
  };
  return {
    endpoints, deliveries, events, blockedHosts: new BlockedHosts(pool, clock), subscribers, signingKeys: keys, test, courier,
    reseal: () => reseal(pool, seal),
    logPosition: () => readCursor(pool).then(({ logPosition }) => logPosition),
    end: async () => {
      const [{ position, logPosition }, head] = await Promise.all([readCursor(pool), log.lastPosition()]);
      return position + Math.max(0, head - logPosition);
    },
    refuseOtherLog: async () => void (await placeIn(log, await readCursor(pool))),
    goOnFromEnd: () => goOnFromEnd(pool, log),
    close: () => caller.close(),
  };
};
