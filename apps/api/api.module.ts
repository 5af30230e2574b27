import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { Tokens } from '#access';
import { DossiersModule } from '#dossiers';
import { Settings } from '#platform';
import { ReadModelsModule } from '#read-models';
import { AccessGuard } from './access/access.guard.js';
import { Admission } from './access/admission.js';
import { KeysController } from './access/keys.controller.js';
import { KeysModule } from './access/keys.module.js';
import { EventsModule } from './events/events.module.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { FactsController } from './facts/facts.controller.js';
import { MeetingFactsController } from './facts/meeting-facts.controller.js';
import { MinPositionInterceptor } from './http/min-position.interceptor.js';
import { createValidationPipe } from './http/validation.js';
import { LettersModule } from './letters/letters.module.js';
import { SystemController } from './system/system.controller.js';
import { SubscribersModule } from './subscribers/subscribers.module.js';
import { TOKENS } from './tokens.js';
import { BoardController } from './treaties/board.controller.js';
import { ExportsController } from './treaties/exports.controller.js';
import { StatesController } from './treaties/states.controller.js';
import { TreatiesController } from './treaties/treaties.controller.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** HTTP in and out. `ground` is what it stands on: log, database, clock, settings, rules. */
@Module({})
export class ApiModule {
  static on(ground: DynamicModule): DynamicModule {
    return {
      module: ApiModule,
      imports: [ground, DossiersModule, ReadModelsModule, LettersModule, EventsModule, KeysModule, SubscribersModule, WebhooksModule],
      controllers: [SystemController, TreatiesController, BoardController, StatesController, ExportsController, FactsController, MeetingFactsController, KeysController],
      providers: [
        {
          provide: TOKENS, inject: [Settings],
          useFactory: ({ OIDC_ISSUER, OIDC_AUDIENCE }: Settings) => (OIDC_ISSUER && OIDC_AUDIENCE ? new Tokens({ issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE }) : null),
        },
        Admission,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: MinPositionInterceptor },
      ],
    };
  }
}
