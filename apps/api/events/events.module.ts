import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, type Metrics, Settings } from '#platform';
import { EventTail, type Webhooks } from '#webhooks';
import { METRICS, WEBHOOKS } from '../../ground/index.js';
import { EventFilters } from './event-filters.js';
import { EventsController } from './events.controller.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { LIFE_MS, OpenStreams, PATIENCE_MS } from './open-streams.js';
import { EventStreamController } from './stream.controller.js';

/** The public log: page by page, as a stream, and as feeds. */
@Module({
  controllers: [EventsController, EventStreamController, FeedsController],
  providers: [
    EventFilters,
    {
      provide: OpenStreams, inject: [Settings, METRICS],
      useFactory: ({ EVENT_STREAMS_PER_CALLER: perCaller, EVENT_STREAMS: inAll }: Settings, metrics: Metrics) =>
        new OpenStreams({ perCaller, inAll, patience: PATIENCE_MS, life: LIFE_MS }, (count) => metrics.streams.set(count)),
    },
    { provide: EventTail, inject: [WEBHOOKS, LOGGER], useFactory: (webhooks: Webhooks, logger: Logger) => new EventTail(webhooks.events, (error) => logger.warn({ err: error }, 'event streams')) },
  ],
})
export class EventsModule {}
