import { Redis } from 'ioredis';

/** A Redis that cannot be used as it is: the sentence says what to set. */
export class UnfitRedis extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnfitRedis';
  }
}

const CONNECTION = { lazyConnect: true, enableReadyCheck: true, connectTimeout: 5_000, retryStrategy: (times: number) => Math.min(times * 100, 2_000) };

/** Two connections, and a check of what the queue needs of the server. */
export const openRedis = async (url: string): Promise<{ patient: Redis; prompt: Redis }> => {
  // Workers wait on their connection; a limit of retries would end them when Redis restarts.
  const patient = new Redis(url, { ...CONNECTION, maxRetriesPerRequest: null });
  // Whoever asks for a wake-up must not wait for hours, nor pile up what it asks for.
  const prompt = new Redis(url, { ...CONNECTION, maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const both = [patient, prompt];
  const giveUp = (reason: string): never => {
    for (const redis of both) redis.disconnect();
    throw new UnfitRedis(reason);
  };
  for (const redis of both) redis.on('error', () => undefined);
  await Promise.all(both.map((redis) => redis.connect())).catch(() => giveUp('Redis at REDIS_URL does not answer: check the address and the password, and whether it runs.'));
  const policy = await policyOf(patient);
  if (policy !== null && policy !== 'noeviction') giveUp(`Redis may throw jobs away when memory runs short (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`);
  return { patient, prompt };
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
