import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createDatabase, type Database } from '../support/service.js';
import { addLetter, atRest, endings, startWorker } from './letters.js';
import { lookInto, type Looking } from './looking.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { type Program, run } from './programs.js';
import { describeOnRedis, redisServer, type RedisServer } from './redis-server.js';

const [FIRST, FLUSHED, STOPPED, AFTER] = ['a', 'b', 'c', 'd'].map((digit) => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`) as [string, string, string, string];
const to = (id: string): string => `${id[0]}@mfa.example`;

describeOnRedis('a worker whose wake-ups are on Redis', () => {
  let redis: RedisServer;
  let database: Database;
  let looking: Looking;
  let server: MailServer;
  let worker: Program;
  beforeAll(async () => {
    [redis, database, server] = await Promise.all([redisServer(), createDatabase(), startMailServer({})]);
    await redis.start();
    looking = lookInto(database);
    // Due only after a slow machine has started the worker: whatever is due by then needs no waking.
    await addLetter(looking, { id: FIRST, address: to(FIRST), status: 'rendered', due: 10 });
    worker = start({ NOTICE_ROUND_SECONDS: '60' });
  });
  afterAll(async () => {
    if (worker.runs()) await worker.signal('SIGKILL');
    await Promise.all([server.close(), looking.close(), redis.clear()]);
    await database.drop();
  });
  const start = (env: Record<string, string> = {}): Program => startWorker({ DATABASE_URL: database.url, SMTP_URL: server.url, REDIS_URL: redis.url, ...env });
  const delayed = async (): Promise<number> => {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue('letters', { connection, prefix: '{pacta}' });
    const counts = await queue.getJobCounts('delayed');
    await queue.close();
    connection.disconnect();
    return counts['delayed'] ?? 0;
  };

  it('is woken when a letter falls due, long before its next round', async () => {
    while ((await delayed()) < 1) await sleep(20);
    await looking.untilAtLeast(1, `SELECT count(*) FROM notices.messages WHERE id = '${FIRST}' AND status = 'sent'`);
    expect(await worker.signal('SIGTERM')).toBe(0);
  });

  it('puts in again what was flushed', async () => {
    worker = start();
    await addLetter(looking, { id: FLUSHED, address: to(FLUSHED), status: 'rendered', due: 3_600 });
    while ((await delayed()) < 1) await sleep(20);
    await redis.flush();
    expect(await delayed()).toBe(0);
    while ((await delayed()) < 1) await sleep(20);
    await looking.rows("UPDATE notices.messages SET send_after = send_after - interval '2 hours' WHERE id = $1", [FLUSHED]);
    await atRest(looking, 2);
  });

  it('sends what is due while Redis is away, and goes on when it is back', async () => {
    await redis.stop();
    await addLetter(looking, { id: STOPPED, address: to(STOPPED), status: 'rendered' });
    await atRest(looking, 3);
    await redis.start();
    await addLetter(looking, { id: AFTER, address: to(AFTER), status: 'rendered', due: 2 });
    while ((await delayed()) < 1) await sleep(20);
    await atRest(looking, 4);
    expect(await endings(looking)).toEqual({ [FIRST]: 'sent: Sent.v1', [FLUSHED]: 'sent: Sent.v1', [STOPPED]: 'sent: Sent.v1', [AFTER]: 'sent: Sent.v1' });
    expect([FIRST, FLUSHED, STOPPED, AFTER].map((id) => server.taken(to(id)))).toEqual([1, 1, 1, 1]);
  });

  it('ends with 0 also while Redis is away; and a start without it says what to do', async () => {
    await redis.stop();
    await sleep(300);
    const told = performance.now();
    expect(await worker.signal('SIGTERM')).toBe(0);
    expect(performance.now() - told).toBeLessThan(10_000);
    const second = run('worker', { DATABASE_URL: database.url, REDIS_URL: redis.url });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('Redis at REDIS_URL does not answer');
  });
});
