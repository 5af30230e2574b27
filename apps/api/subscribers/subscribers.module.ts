import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Notices } from '#notices';
import { CLOCK, type Clock, LOGGER, Settings } from '#platform';
import type { Webhooks } from '#webhooks';
import { NOTICES, WEBHOOKS } from '../../ground/index.js';
import { publicBase } from '../events/positions.js';
import { CallerLimit } from './caller-limit.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUpLetters } from './sign-up-letters.js';
import { SubscribersController } from './subscribers.controller.js';

const ASKED_AN_HOUR = 20;

/** Who has a key because of an address. */
@Module({
  controllers: [SignUpController, SubscribersController],
  providers: [
    { provide: CallerLimit, inject: [CLOCK], useFactory: (clock: Clock) => new CallerLimit(ASKED_AN_HOUR, clock) },
    {
      provide: SignUpLetters, inject: [NOTICES, WEBHOOKS, Settings, LOGGER],
      useFactory: ({ writeTo }: Notices, { subscribers }: Webhooks, settings: Settings, logger: Logger) => new SignUpLetters(writeTo, subscribers, publicBase(settings), (error) => logger.error({ err: error }, 'sign-up letters')),
    },
  ],
})
export class SubscribersModule {}
