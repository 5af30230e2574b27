import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { hasRedis } from './own-redis.js';

export { freePort, redisServer, type RedisServer } from './own-redis.js';

/** A suite that needs a Redis; where there is none it says loudly that it did not run. */
export const describeOnRedis = (name: string, suite: () => void): void => {
  if (hasRedis) return describe(name, suite);
  const skips = process.env['PACTA_SKIPS'];
  if (skips) writeFileSync(join(skips, 'redis'), 'Wake-ups on Redis: no redis-server is installed.\n');
  describe.skip(name, suite);
};
