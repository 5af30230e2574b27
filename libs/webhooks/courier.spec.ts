import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { v7 } from 'uuid';
import { InMemoryEventLog } from '#event-log';
import { createScratchDatabase, openPool, type ScratchDatabase, systemClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { dossierStream } from '#treaty';
import { openWorkQueues, type WorkQueue } from '#work-queue';
import { openWebhooks, type Webhooks } from './open-webhooks.js';
import { ccm } from './testing/real-record.js';
import { type Arrived, type Receiver, startReceiver } from './testing/receiver.js';

const settings = { PUBLIC_URL: 'https://pacta.example/', WEBHOOKS_ALLOW_LOOPBACK: true };
const DEPOSITED = 'treaty.instrument.deposited';
let database: ScratchDatabase;
let receiver: Receiver;
const log = new InMemoryEventLog();
const errors: unknown[] = [];

interface Process {
  webhooks: Webhooks;
  stop: () => Promise<void>;
}
const processes: Process[] = [];

const startProcess = async (): Promise<Process> => {
  const pool = openPool(database.url, { max: 8 });
  await createSchema(pool, SERVING);
  const onError = (error: unknown): void => void errors.push(error);
  const webhooks = await openWebhooks({ settings, clock: systemClock, pool, log, treaties: new Map([['ccm', ccm]]), writeTo: () => Promise.resolve(true), onError });
  const queues = await openWorkQueues({ databaseUrl: database.url });
  const queue: WorkQueue = queues.open('webhooks', onError);
  webhooks.courier.start(queue);
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await webhooks.courier.stop();
    await webhooks.close();
    await queue.close();
    await queues.close();
    await pool.end();
  };
  const one = { webhooks, stop: () => (stopped ??= stop()) };
  processes.push(one);
  return one;
};

const arrivedAt = (path: string): Arrived[] => receiver.arrived.filter((one) => one.path === path && !one.body.includes('webhook.challenge'));
const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waited = 0; !(await what()); waited += 10) {
    if (waited > 15_000) throw new Error('It did not come.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const record = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => v7());
  for (const id of ids) await log.append(dossierStream('ccm', 'VUT'), [{ id, type: 'InstrumentDeposited.v1', data: { effectiveOn: '2026-11-30', knownBy: null, knownOn: '2026-11-30', data: { instrument: 'accession' } }, metadata: { actor: 'key:x', source: { title: 'x' } }, recordedAt: new Date().toISOString() }], { expected: 'any' });
  return ids;
};

beforeAll(async () => {
  database = await createScratchDatabase();
  receiver = await startReceiver((_request, response, { body }) => {
    const { data } = JSON.parse(body) as { data: { challenge?: string } };
    response.end(JSON.stringify({ challenge: data.challenge }));
  });
});
afterAll(async () => {
  await Promise.all(processes.map(({ stop }) => stop()));
  await receiver.close();
  await log.close();
  await database.drop();
});

describe('several processes on one database', () => {
  it('challenge, deliver each event once and in order, and go on when one ends or the database drops them', async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    const { endpoints } = first.webhooks;
    const made = await Promise.all(['/a', '/b', '/fifo'].map(async (path) => ({ path, ...(await endpoints.create('key:a', { url: `http://127.0.0.1:${receiver.port}${path}`, types: [DEPOSITED], ordered: path === '/fifo' })) })));
    await until(async () => (await endpoints.list('key:a')).every(({ status }) => status === 'active'));

    const ids = await record(40);
    await until(() => made.every(({ path }) => arrivedAt(path).length >= 40));
    for (const { path, secret } of made) {
      const arrived = arrivedAt(path);
      expect(arrived.map(({ headers }) => headers['webhook-id']).sort()).toEqual([...ids].sort());
      for (const { body, headers } of arrived) expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ specversion: '1.0' });
    }
    expect(arrivedAt('/fifo').map(({ headers }) => headers['webhook-id'])).toEqual(ids);
    expect(errors).toEqual([]);

    await first.stop();
    const admin = new pg.Client({ connectionString: database.url });
    admin.on('error', () => undefined);
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
    await admin.end();
    const more = await record(20);
    const has = (path: string): boolean => more.every((id) => arrivedAt(path).some(({ headers }) => headers['webhook-id'] === id));
    await until(() => made.every(({ path }) => has(path)));

    const test = await second.webhooks.test(made[0]?.endpoint.id ?? '', 'key:a');
    expect(test).toMatchObject({ type: 'webhook.test', status: 'delivered', attempts: [{ status: 200 }] });
    expect(arrivedAt('/a').at(-1)?.headers['webhook-id']).toBe(test.eventId);
    expect((await second.webhooks.deliveries.page(made[0]?.endpoint.id ?? '', 1))[0]?.id).toBe(test.id);
  }, 60_000);
});
