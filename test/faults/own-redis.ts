import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A Redis of one's own, on a port that stays the same when it is stopped and started again. */
export interface RedisServer {
  url: string;
  start(...settings: string[]): Promise<void>;
  stop(): Promise<void>;
  /** What an operator would ask it. */
  cli(command: string, ...args: string[]): Promise<unknown>;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Stops it and clears its folder away. */
  clear(): Promise<void>;
}

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

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
  const cli = async (command: string, ...args: string[]): Promise<unknown> => {
    const redis = new Redis(url, { enableReadyCheck: false });
    return redis.call(command, ...args).finally(() => redis.disconnect());
  };
  return {
    url, stop,
    start: async (...settings) => {
      server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, ...settings], { stdio: 'ignore' });
      const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null, enableReadyCheck: false });
      redis.on('error', () => undefined);
      // One that wants a password answers, too.
      await redis.ping().catch(() => undefined);
      redis.disconnect();
    },
    cli, flush: async () => {
      await cli('FLUSHALL');
    },
    clear: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};
