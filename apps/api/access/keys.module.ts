import { Global, Module } from '@nestjs/common';
import type { Pool } from 'pg';
import { Keys } from '#access';
import type { Notices } from '#notices';
import { CLOCK, type Clock, DATABASE } from '#platform';
import type { Webhooks } from '#webhooks';
import { NOTICES, SubscriberKeys, WEBHOOKS } from '../../ground/index.js';
import { KEYS } from '../tokens.js';

const PROVIDERS = [
  { provide: KEYS, inject: [DATABASE, CLOCK], useFactory: (pool: Pool, clock: Clock) => new Keys(pool, clock) },
  { provide: SubscriberKeys, inject: [KEYS, WEBHOOKS, NOTICES], useFactory: (keys: Keys, webhooks: Webhooks, notices: Notices) => new SubscriberKeys(keys, webhooks, notices) },
];

/** Keys, one for all of this process: what was revoked here is out of use here at once. */
@Global()
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class KeysModule {}
