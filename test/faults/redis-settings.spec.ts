import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { openWorkQueues } from '#work-queue';
import { createDatabase, type Database } from '../support/service.js';
import { type Program, run } from './programs.js';
import { CERTIFICATE, KEY } from './redis-certificate.js';
import { describeOnRedis, freePort, redisServer, type RedisServer } from './redis-server.js';

describeOnRedis('a Redis for wake-ups', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await redisServer();
  });
  afterEach(() => redis.stop());
  afterAll(() => redis.clear());

  const open = (url = redis.url) => openWorkQueues({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', redisUrl: url });

  it('is refused where it may throw jobs away, with what to set', async () => {
    await redis.start('--maxmemory-policy', 'allkeys-lru');
    await expect(open()).rejects.toThrow('Redis may throw jobs away when memory runs short (maxmemory-policy allkeys-lru): set maxmemory-policy to noeviction.');
  });

  it('is refused for the same reason where it lets nobody ask for its configuration', async () => {
    await redis.start('--maxmemory-policy', 'volatile-ttl', '--rename-command', 'CONFIG', '');
    await expect(open()).rejects.toThrow('maxmemory-policy volatile-ttl');
  });

  it('wants its password, and says only that it does not answer without', async () => {
    await redis.start('--requirepass', 'hunter2hunter2');
    await expect(open()).rejects.toThrow('Redis at REDIS_URL does not answer: check the address and the password');
    const failure = await open(redis.url.replace('//', '//:hunter3hunter3@')).catch(String);
    expect(failure).toContain('check the address and the password');
    expect(failure).not.toContain('hunter');
    const queues = await open(redis.url.replace('//', '//:hunter2hunter2@'));
    await queues.close();
  });

  it('may be a cluster: all keys of a queue lie in one slot of it', async () => {
    await redis.start('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
    await redis.cli('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    const queues = await open();
    const woken = Promise.withResolvers<string>();
    const queue = queues.open('letters', woken.reject);
    queue.work((row) => Promise.resolve(woken.resolve(row)), 1);
    await queue.wake([{ row: 'one', at: new Date() }, { row: 'later', at: new Date(Date.now() + 60_000) }]);
    expect(await woken.promise).toBe('one');
    expect(await queue.counts()).toMatchObject({ delayed: 1, failed: 0 });
    const keys = (await redis.cli('KEYS', '*')) as string[];
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.filter((key) => !key.startsWith('{pacta}:'))).toEqual([]);
    await queue.close();
    await queues.close();
  });

  it('may be reached by TLS, with a certificate of one’s own authority', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pacta-tls-'));
    const [cert, key, port] = [join(folder, 'cert.pem'), join(folder, 'key.pem'), await freePort()];
    await Promise.all([writeFile(cert, CERTIFICATE), writeFile(key, KEY)]);
    await redis.start('--tls-port', String(port), '--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert, '--tls-auth-clients', 'no');
    const database: Database = await createDatabase({ loaded: false });
    const worker = (env: Record<string, string>): Program => run('worker', { DATABASE_URL: database.url, REDIS_URL: `rediss://localhost:${port}`, WORKER_PORT: '0', ...env });
    try {
      const trusting = worker({ NODE_EXTRA_CA_CERTS: cert });
      const vitals = await trusting.says(/"url":"([^"]+)","msg":"vitals"/);
      for (;;) {
        const { checks } = (await (await fetch(`${vitals}/health/ready`)).json()) as { checks: { name: string; ok: boolean; detail?: string }[] };
        const queue = checks.find(({ name }) => name === 'queue');
        expect(queue).toMatchObject({ ok: true });
        if (queue && !queue.detail && checks.every(({ ok }) => ok)) break;
      }
      expect(await trusting.signal('SIGTERM')).toBe(0);
      const stranger = worker({});
      expect(await stranger.ended).toBe(1);
      expect(stranger.output()).toContain('Redis at REDIS_URL does not answer');
    } finally {
      await database.drop();
      await rm(folder, { recursive: true });
    }
  });
});
