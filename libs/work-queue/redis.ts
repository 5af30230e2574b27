import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, Redis } from 'ioredis';

/** A Redis that cannot be used as it is: the sentence says what to set. */
export class UnfitRedis extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitRedis';
  }
}

export interface Connections {
  /** Waits for a Redis that is away, as workers must. */
  patient: Redis | Cluster;
  /** Says at once that it is away. */
  prompt: Redis | Cluster;
}

/** At start, for a connection. */
const PATIENCE_MS = 10_000;
const OLDEST = [6, 2] as const;
const retryStrategy = (times: number): number => Math.min(times * 100, 2_000);
const CONNECTION = { lazyConnect: true, enableReadyCheck: true, connectTimeout: 5_000, retryStrategy };
// Workers wait on their connection; a limit of retries would end them when Redis restarts.
const PATIENT = { maxRetriesPerRequest: null };
// Whoever asks for a wake-up must not wait for hours, nor pile up what it asks for.
const PROMPT = { maxRetriesPerRequest: 1, enableOfflineQueue: false };

/**
 * Two connections to a Redis, or to the cluster that it belongs to, once it has what the queue needs.
 *
 * @throws {UnfitRedis} where it does not answer or is not fit
 */
export const openRedis = async (url: string): Promise<Connections> => {
  const clustered = await check(url);
  const open = (options: typeof PATIENT | typeof PROMPT): Redis | Cluster => (clustered ? openCluster(url, options) : new Redis(url, { ...CONNECTION, ...options }));
  const both = { patient: open(PATIENT), prompt: open(PROMPT) };
  const all = Object.values(both);
  for (const redis of all) redis.on('error', () => undefined);
  await Promise.all(all.map(connected)).catch(() => {
    for (const redis of all) redis.disconnect();
    throw new UnfitRedis(AWAY);
  });
  return both;
};

/** The client of a cluster tries for ever, and where its first try failed it is ready without ever saying that it is connected. */
const connected = (redis: Redis | Cluster): Promise<unknown> =>
  Promise.race([
    new Promise((resolve) => redis.once('ready', resolve)), redis.connect().then(() => new Promise(() => undefined)),
    sleep(PATIENCE_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('too late'))),
  ]);

const AWAY = 'Redis at REDIS_URL does not answer: check the address and the password, and whether it runs.';

/** Every node is as the one that was asked; its own name is all that a certificate may know. */
const openCluster = (url: string, options: typeof PATIENT | typeof PROMPT): Cluster => {
  const { host = '127.0.0.1', port = 6379, username, password, tls } = new Redis(url, { lazyConnect: true }).options;
  return new Cluster([{ host, port }], {
    lazyConnect: true, clusterRetryStrategy: retryStrategy, dnsLookup: (address, callback) => callback(null, address),
    ...('enableOfflineQueue' in options ? { enableOfflineQueue: options.enableOfflineQueue } : {}),
    redisOptions: { connectTimeout: CONNECTION.connectTimeout, maxRetriesPerRequest: options.maxRetriesPerRequest, ...(username ? { username } : {}), ...(password ? { password } : {}), ...(tls ? { tls } : {}) },
  });
};

/** @returns whether it belongs to a cluster */
const check = async (url: string): Promise<boolean> => {
  const redis = new Redis(url, { ...CONNECTION, ...PROMPT, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect().catch(() => {
      throw new UnfitRedis(AWAY);
    });
    // What hosted servers tell everybody; CONFIG GET they may refuse.
    const said = new Map((await redis.info()).split('\r\n').map((line) => line.split(':', 2) as [string, string]));
    refuseOld(said.get('redis_version'));
    const policy = said.get('maxmemory_policy');
    if (policy !== undefined && policy !== 'noeviction') throw new UnfitRedis(`Redis may throw jobs away when memory runs short (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`);
    return said.get('redis_mode') === 'cluster';
  } finally {
    redis.disconnect();
  }
};

const refuseOld = (version: string | undefined): void => {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version !== undefined && (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))) throw new UnfitRedis(`The server at REDIS_URL is Redis ${version}; ${OLDEST.join('.')} or newer is needed.`);
};
