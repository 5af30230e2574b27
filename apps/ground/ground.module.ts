import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import { EVENT_LOG, type EventLog } from '#event-log';
import { CLOCK, type Clock, DATABASE, LOGGER, type Metrics, Settings } from '#platform';
import type { States } from '#record';
import type { TreatyRules } from '#treaty';
import { METRICS, STATES, TREATY_RULES } from './tokens.js';

/** What a process stands on, made before the framework is, so that whoever makes it can also take it down. */
export interface Ground {
  settings: Settings;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  pool: Pool;
  log: EventLog;
  states: States;
  treaties: ReadonlyMap<string, TreatyRules>;
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
    ];
    return { module: GroundModule, global: true, providers, exports: providers };
  }
}
