import { Module } from '@nestjs/common';
import { EventFilters } from '../events/event-filters.js';
import { ActsController } from './acts.controller.js';
import { BlockedHostsController } from './blocked-hosts.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { EndpointsController } from './endpoints.controller.js';

/** Endpoints of subscribers, and what was sent to them. */
@Module({
  controllers: [EndpointsController, ActsController, DeliveriesController, BlockedHostsController],
  providers: [EventFilters],
})
export class WebhooksModule {}
