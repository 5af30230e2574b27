import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, type Program } from '../faults/programs.js';
import { adminKey, createKey, type Key } from '../support/keys.js';
import { createDatabase, type Database, registrarKey, type Service } from '../support/service.js';

interface Shown {
  queues: { name: string; counts: Record<string, number>; jobs: { id: string; failedReason?: string; data: object }[] }[];
}

/** A process that serves and does not work, so that what is put into the queue stays where it was put. */
describe('the board of the queues', () => {
  let database: Database;
  let api: Program;
  let service: Service;
  let admin: Key;
  let queue: Queue;
  let fail: () => Promise<void>;
  const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`anyone:${key}`).toString('base64')}` });
  const ask = (path: string, { method = 'GET', key = admin.key, headers = {} }: { method?: string; key?: string; headers?: Record<string, string> } = {}) => fetch(`${service.base}/queues${path}`, { method, headers: { ...basic(key), ...headers } });
  const shown = async (status = 'latest') => ((await (await ask(`/api/queues?activeQueue=letters&status=${status}&page=1`)).json()) as Shown).queues[0];

  beforeAll(async () => {
    database = await createDatabase();
    api = run('api', { DATABASE_URL: database.url });
    service = { base: await api.says(/"url":"([^"]+)"/) } as Service;
    admin = await adminKey(database);
    const classes = withBackend(createPostgresBackend);
    const connection = { connectionString: database.url, schema: 'bullmq' };
    await shown();
    queue = new classes.Queue('letters', { connection }) as unknown as Queue;
    fail = async () => {
      const worker = new classes.Worker('letters', () => Promise.reject(new Error('The database was away.')), { connection }) as unknown as Worker;
      await new Promise((resolve) => worker.once('failed', resolve));
      await worker.close();
    };
  });
  afterAll(async () => {
    await queue.close();
    await api.signal('SIGTERM');
    await database.drop();
  });

  it('is there for administrators only, and asks a browser for their key', async () => {
    const registrar = registrarKey();
    const auditor = await createKey(service, admin, 'auditor');
    for (const path of ['', '/', '/api/queues', '/static/favicon.ico', '/queue/letters']) {
      const nobody = await fetch(`${service.base}/queues${path}`);
      expect([path, nobody.status, nobody.headers.get('www-authenticate')]).toEqual([path, 401, 'Basic realm="Pacta", charset="UTF-8"']);
      for (const key of [registrar, auditor.key]) expect([path, (await ask(path, { key })).status]).toEqual([path, 403]);
      expect([path, (await ask(path)).status]).toEqual([path, 200]);
    }
  });

  it('brings all that it shows along', async () => {
    const page = await ask('/');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, path]) => path);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect([part, (await ask(`/${part}`)).status]).toEqual([part, 200]);
  });

  it('shows what waits, what is delayed and what failed; and tries again what it is told to', async () => {
    await queue.add('wake', { row: 'one' }, { jobId: 'failed-one' });
    await fail();
    await queue.add('wake', { row: 'two' }, { jobId: 'waiting-two' });
    await queue.add('wake', { row: 'three' }, { jobId: 'delayed-three', delay: 3_600_000 });
    expect(await shown()).toMatchObject({ name: 'letters', counts: { waiting: 1, delayed: 1, failed: 1 } });
    expect((await shown('failed'))?.jobs).toMatchObject([{ id: 'failed-one', failedReason: 'The database was away.', data: { row: 'one' } }]);
    expect((await shown('delayed'))?.jobs).toMatchObject([{ id: 'delayed-three' }]);

    expect((await ask('/api/queues/letters/failed-one/retry', { method: 'PUT', headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await shown())?.counts).toMatchObject({ waiting: 1, failed: 1 });
    expect((await ask('/api/queues/letters/failed-one/retry', { method: 'PUT', headers: { 'sec-fetch-site': 'same-origin' } })).status).toBeLessThan(300);
    expect((await ask('/api/queues/letters/delayed-three/promote', { method: 'PUT' })).status).toBeLessThan(300);
    expect((await shown())?.counts).toMatchObject({ waiting: 3, delayed: 0, failed: 0 });
    expect((await ask('/api/queues/letters/waiting-two/clean', { method: 'PUT' })).status).toBeLessThan(300);
    expect((await shown('waiting'))?.jobs.map(({ id }) => id).sort()).toEqual(['delayed-three', 'failed-one']);
  });
});
