import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { EVENT_LOG, type EventLog } from '#event-log';
import { CLOCK, type Clock, DATABASE, LOGGER, type Metrics, Settings } from '#platform';
import type { Notices } from '#notices';
import type { States } from '#record';
import type { TreatyRules } from '#treaty';
import type { Webhooks } from '#webhooks';
import { Measures } from './measures.js';
import { LazyQueues } from './queues.js';
import { Readiness } from './readiness.js';
import { METRICS, NOTICES, STATES, TREATY_RULES, WEBHOOKS } from './tokens.js';

/** What a process stands on, made before the framework is, so that whoever makes it can also take it down. */
export interface Ground {
  settings: Settings;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Of the database; with a password in it, so never shown. */
  databaseUrl: string;
  pool: Pool;
  log: EventLog;
  states: States;
  treaties: ReadonlyMap<string, TreatyRules>;
  /** Contacts, letters and what became of them. */
  notices: Notices;
  /** The public log, and who is called when something comes. */
  webhooks: Webhooks;
  queues: LazyQueues;
  /** Whether this process can do its work. */
  readiness: Readiness;
  /** The figures for whoever watches. */
  measures: Measures;
}

@Module({})
export class GroundModule {
  static of(ground: Ground): DynamicModule {
    const providers = [
      { provide: Settings, useValue: ground.settings },
      { provide: CLOCK, useValue: ground.clock },
      { provide: LOGGER, useValue: ground.logger },
      { provide: METRICS, useValue: ground.metrics },
      { provide: DATABASE, useValue: ground.pool },
      { provide: EVENT_LOG, useValue: ground.log },
      { provide: STATES, useValue: ground.states },
      { provide: TREATY_RULES, useValue: ground.treaties },
      { provide: NOTICES, useValue: ground.notices },
      { provide: WEBHOOKS, useValue: ground.webhooks },
      { provide: LazyQueues, useValue: ground.queues },
      { provide: Readiness, useValue: ground.readiness },
      { provide: Measures, useValue: ground.measures },
    ];
    return { module: GroundModule, global: true, providers, exports: providers };
  }
}
