import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminKey } from '../support/keys.js';
import { type Receivers, startReceivers } from '../support/receiver.js';
import { createDatabase, type Database, type Service } from '../support/service.js';
import { REMARK, Subscriber, until } from '../support/webhooks.js';
import { lookInto, type Looking } from './looking.js';
import { type Program, run } from './programs.js';
import { remark, send, type Wanted } from './recording.js';

/** What becomes of calls to each path until the first worker is dead. */
const PATHS = ['/takes', '/in-order', '/hangs', '/resets', '/redirects', '/fails', '/in-order-fails'];

describe('webhooks whose workers are killed and whose database connections are cut', () => {
  let database: Database;
  let looking: Looking;
  let receivers: Receivers;
  let api: Program;
  let worker: Program;
  let service: Service;
  /** Events in the order of the log. */
  const events: string[] = [];
  /** Milliseconds from the death of a worker until another had called an endpoint of its. */
  const takeovers: number[] = [];
  const env = (): Record<string, string> => ({ DATABASE_URL: database.url, WEBHOOKS_ALLOW_LOOPBACK: '1' });
  beforeAll(async () => {
    [database, receivers] = await Promise.all([createDatabase(), startReceivers()]);
    looking = lookInto(database);
    [api, worker] = [run('api', env()), run('worker', env())];
    service = { base: await api.says(/"url":"([^"]+)"/) } as Service;
    const admin = new Subscriber(() => service, await adminKey(database));
    await Promise.all(PATHS.map((path) => admin.active(receivers.url(path), { types: [REMARK], ordered: path.startsWith('/in-order') })));

    receivers.behave('/takes', (response) => void setTimeout(() => response.end('taken'), 20));
    receivers.behave('/in-order', (response) => void setTimeout(() => response.end('taken'), 20));
    receivers.behave('/hangs', () => undefined);
    receivers.behave('/resets', (response) => void response.socket?.resetAndDestroy());
    receivers.behave('/redirects', (response) => void response.writeHead(307, { location: receivers.url('/trap') }).end());
    for (const path of ['/fails', '/in-order-fails']) receivers.behave(path, (response) => void response.writeHead(500).end());

    const recording = record(60);
    await until(() => receivers.at('/in-order').length >= 5 && PATHS.every((path) => receivers.at(path).length > 0));
    await replaceWorker();
    await until(() => receivers.at('/in-order').length >= 10);
    for (let cut = 0; cut < 4; cut++, await sleep(150)) await looking.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'pacta%'");
    for (const path of PATHS) receivers.behave(path);
    await replaceWorker();
    await recording;
    // A try that failed meanwhile waits for five seconds or minutes; and what was recorded last is yet to be owed.
    while ((await looking.number("SELECT count(*) FROM webhooks.deliveries WHERE trial = 0 AND status = 'delivered'")) < events.length * PATHS.length) {
      await timePasses();
      await sleep(200);
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all([api, worker].map((one) => one.signal('SIGKILL')));
    await Promise.all([receivers.close(), looking.close()]);
    await database.drop();
  });

  /** One after the other; what has no answer is sent again with its key. */
  const record = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      const wanted: Wanted = remark('fault');
      while (!wanted.told) await send(service, wanted).catch(() => sleep(50));
      events.push(...wanted.told.events);
    }
  };

  /** Ends the worker as a power cut does, with another standing by. */
  const replaceWorker = async (): Promise<void> => {
    const standBy = run('worker', { ...env(), WORKER_PORT: '0' });
    const vitals = await standBy.says(/"url":"([^"]+)"/);
    await until(async () => (await fetch(`${vitals}/health/ready`)).ok);
    await worker.signal('SIGKILL');
    worker = standBy;
    // It was in the middle of a call there.
    const [killedAt, before] = [performance.now(), receivers.at('/hangs').length];
    await until(() => receivers.at('/hangs').length > before);
    takeovers.push(performance.now() - killedAt);
  };

  /** As if so much time had passed that whatever has failed is due again. */
  const timePasses = async (): Promise<void> => {
    await looking.rows("UPDATE webhooks.deliveries SET due_at = now() WHERE status = 'pending' AND due_at > now()");
    await looking.rows('UPDATE webhooks.lanes SET due_at = now(), not_before = NULL WHERE holder IS NULL');
  };

  it('sends every event to everybody at least once, always with the same webhook-id', () => {
    for (const path of PATHS) expect([path, new Set(receivers.at(path).map(({ headers }) => headers['webhook-id']))]).toEqual([path, new Set(events)]);
    for (const path of PATHS) expect(receivers.at(path).every(({ headers, event }) => headers['webhook-id'] === event.id)).toBe(true);
  });

  it('keeps the order of the log where that was asked for: nothing comes for the first time before what is older', () => {
    for (const path of ['/in-order', '/in-order-fails']) expect([...new Set(receivers.at(path).map(({ event: { id } }) => id))]).toEqual(events);
  });

  it('has the endpoints of a dead worker served by another within ten seconds', () => {
    expect(takeovers).toHaveLength(2);
    expect(Math.max(...takeovers)).toBeLessThan(10_000);
  });

  it('follows no redirect', () => {
    expect(receivers.all('/trap')).toEqual([]);
  });

  it('leaves nothing owed, and each event delivered once on record', async () => {
    const counts = await looking.rows("SELECT status, count(*)::int, count(DISTINCT (endpoint, event_id))::int AS different FROM webhooks.deliveries WHERE trial = 0 GROUP BY status");
    expect(counts).toEqual([{ status: 'delivered', count: events.length * PATHS.length, different: events.length * PATHS.length }]);
  });
});
