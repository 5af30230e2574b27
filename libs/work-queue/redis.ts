import { Redis } from 'ioredis';

/** A Redis that cannot be used as it is: the sentence says what to set. */
export class UnfitRedis extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitRedis';
  }
}

/** Connects and checks what the queue needs of the server. */
export const openRedis = async (url: string): Promise<Redis> => {
  // Workers wait on their connection; a limit of retries would end them when Redis restarts.
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, enableReadyCheck: true, connectTimeout: 5_000, retryStrategy: (times) => Math.min(times * 100, 2_000) });
  redis.on('error', () => undefined);
  await redis.connect().catch(() => {
    redis.disconnect();
    throw new UnfitRedis('Redis at REDIS_URL does not answer: check the address and the password, and whether it runs.');
  });
  const policy = await policyOf(redis);
  if (policy !== null && policy !== 'noeviction') {
    redis.disconnect();
    throw new UnfitRedis(`Redis may throw jobs away when memory runs short (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`);
  }
  return redis;
};

/** Null where the server does not let us ask, as hosted ones may not. */
const policyOf = async (redis: Redis): Promise<string | null> => {
  try {
    const answer = (await redis.config('GET', 'maxmemory-policy'));
    return answer[1] ?? null;
  } catch {
    return null;
  }
};
