import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { Redis } from 'ioredis';

/** A Redis of one's own, on a port that stays the same when it is stopped and started again. */
export interface RedisServer {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Stops it and clears its folder away. */
  clear(): Promise<void>;
}

const isThere = spawnSync('redis-server', ['--version']).status === 0;

/** A suite that needs a Redis; where there is none it says loudly that it did not run. */
export const describeOnRedis = (name: string, suite: () => void): void => {
  if (isThere) return describe(name, suite);
  const skips = process.env['PACTA_SKIPS'];
  if (skips) writeFileSync(join(skips, 'redis'), 'Wake-ups on Redis: no redis-server is installed.\n');
  describe.skip(name, suite);
};

export const redisServer = async (): Promise<RedisServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'pacta-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (!server) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    server = null;
  };
  return {
    url, stop,
    start: async () => {
      server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
      const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
      redis.on('error', () => undefined);
      await redis.ping();
      redis.disconnect();
    },
    flush: async () => {
      const redis = new Redis(url);
      await redis.flushall();
      redis.disconnect();
    },
    clear: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};
