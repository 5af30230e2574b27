import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Pool } from 'pg';
import { Keys, Tokens } from '#access';
import { DossiersModule } from '#dossiers';
import { EVENT_LOG, type EventLog } from '#event-log';
import { CLOCK, type Clock, DATABASE, type Metrics, Settings } from '#platform';
import { ReadModelsModule } from '#read-models';
import { AccessGuard } from './access/access.guard.js';
import { KeysController } from './access/keys.controller.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { FactsController } from './facts/facts.controller.js';
import { MeetingFactsController } from './facts/meeting-facts.controller.js';
import { MinPositionInterceptor } from './http/min-position.interceptor.js';
import { createValidationPipe } from './http/validation.js';
import { LettersModule } from './letters/letters.module.js';
import { Readiness } from './system/readiness.js';
import { SystemController } from './system/system.controller.js';
import { METRICS } from '../ground/index.js';
import { KEYS, TOKENS } from './tokens.js';
import { BoardController } from './treaties/board.controller.js';
import { ExportsController } from './treaties/exports.controller.js';
import { StatesController } from './treaties/states.controller.js';
import { TreatiesController } from './treaties/treaties.controller.js';

/** HTTP in and out. `ground` is what it stands on: log, database, clock, settings, rules. */
@Module({})
export class ApiModule {
  static on(ground: DynamicModule): DynamicModule {
    return {
      module: ApiModule,
      imports: [ground, DossiersModule, ReadModelsModule, LettersModule],
      controllers: [SystemController, TreatiesController, BoardController, StatesController, ExportsController, FactsController, MeetingFactsController, KeysController],
      providers: [
        { provide: KEYS, inject: [DATABASE, CLOCK], useFactory: (pool: Pool, clock: Clock) => new Keys(pool, clock) },
        {
          provide: TOKENS, inject: [Settings],
          useFactory: ({ OIDC_ISSUER, OIDC_AUDIENCE }: Settings) => (OIDC_ISSUER && OIDC_AUDIENCE ? new Tokens({ issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE }) : null),
        },
        {
          provide: Readiness, inject: [DATABASE, EVENT_LOG, Settings, METRICS],
          useFactory: (pool: Pool, log: EventLog, settings: Settings, metrics: Metrics) => new Readiness(pool, log, settings.READY_LAG_SECONDS, metrics),
        },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: MinPositionInterceptor },
      ],
    };
  }
}
