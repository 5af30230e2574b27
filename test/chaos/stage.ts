import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#embedded-postgres';
import { frontOf } from '../faults/front.js';
import { lookInto, type Looking } from '../faults/looking.js';
import { type MailServer, startMailServer } from '../faults/mail-server.js';
import { hasRedis, redisServer, type RedisServer } from '../faults/own-redis.js';
import { type Receiver, startReceiver } from './receiver.js';

/** What the processes stand on, all of it our own and in a folder that goes away with us. */
export interface Stage {
  home: string;
  /** Of the database: at this address it comes back after a restart. */
  url: string;
  looking: Looking;
  redis: RedisServer;
  mail: MailServer;
  receiver: Receiver;
  stopPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  /** Whether database and Redis are up, and have been for so many milliseconds. */
  isSound(since?: number): boolean;
  /** Says that something below the processes is being taken away, or is back, or was disturbed just now. */
  unsound(is: boolean): void;
  clear(): Promise<void>;
}

// Killed processes are not a power cut: nothing here must outlive one.
const FLAGS = ['-c', 'max_connections=400', '-c', 'fsync=off'];

export const openStage = async (): Promise<Stage> => {
  if (!hasRedis) throw new Error('redis-server is needed, and is not installed.');
  const home = await mkdtemp(join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'pacta-chaos-'));
  await chmod(home, 0o711);
  let postgres: EmbeddedPostgres | null = null;
  let port: number | undefined;
  const startPostgres = async (): Promise<void> => {
    postgres = await startEmbeddedPostgres({ home, role: 'service', extraFlags: FLAGS });
    port = Number(new URL(postgres.url).port);
  };
  await startPostgres();
  const front = await frontOf(() => port);
  const address = new URL((postgres as unknown as EmbeddedPostgres).url);
  address.port = String(front.port);
  const [redis, mail, receiver] = await Promise.all([redisServer(), startMailServer({}), startReceiver()]);
  await redis.start();
  const looking = lookInto({ url: address.href, drop: () => Promise.resolve() });
  let soundSince = Date.now();
  return {
    home, url: address.href, looking, redis, mail, receiver, startPostgres,
    stopPostgres: async () => {
      port = undefined;
      await postgres?.stop();
    },
    isSound: (since = 0) => Date.now() - soundSince >= since,
    unsound: (is) => void (soundSince = is ? Infinity : Date.now()),
    clear: async () => {
      await Promise.allSettled([looking.close(), mail.close(), receiver.close(), redis.clear()]);
      front.server.close();
      await postgres?.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
};
