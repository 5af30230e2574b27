import { Controller, Get, HttpCode, Inject, Injectable, Param, type PipeTransform, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problem } from '#platform';
import type { DeliveryView, Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { IdPipe } from '../letters/id.pipe.js';
import { DEFAULT_DELIVERIES, DeliveriesQuery } from './bodies.js';
import { DELIVERIES_EXAMPLE, RESENT_EXAMPLE } from './examples.js';
import { ForSubscribers, Seen } from './for-subscribers.decorator.js';

/** A delivery is named by its endpoint and by the position of its event. */
@Injectable()
class DeliveryPipe implements PipeTransform<string, { id: string; endpoint: string }> {
  transform(id: string): { id: string; endpoint: string } {
    const endpoint = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.\d/.exec(id)?.[1];
    if (!endpoint) throw new Problem(404, 'unknown-delivery', 'There is no such delivery among yours. GET /v1/webhooks/{id}/deliveries lists them.');
    return { id, endpoint };
  }
}

@ApiTags('Webhooks')
@Controller('v1')
@ForSubscribers()
export class DeliveriesController {
  constructor(@Inject(WEBHOOKS) private readonly webhooks: Webhooks) {}

  @Get('webhooks/:id/deliveries')
  @ApiOperation({
    summary: 'What was sent to an endpoint, and what came of it; newest first',
    description: '`eventId` is the `webhook-id` of every attempt, resend and replay. Each attempt has its time, the status of the answer (null where there was none), how long it took, and the first kilobyte of the answer or why there is none. Challenges and tests are listed too.',
  })
  @ApiOkResponse({ example: DELIVERIES_EXAMPLE })
  async list(@Param('id', IdPipe) id: string, @Query() { cursor, limit = DEFAULT_DELIVERIES }: DeliveriesQuery, @Seen() owner: string | null): Promise<{ items: DeliveryView[]; next: string | null }> {
    await this.webhooks.endpoints.find(id, owner);
    const items = await this.webhooks.deliveries.page(id, limit, cursor);
    return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
  }

  @Post('deliveries/:id/resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send one event again, whatever came of it, with the same `webhook-id`' })
  @ApiParam({ name: 'id', type: String, example: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c.861' })
  @ApiOkResponse({ example: RESENT_EXAMPLE })
  async resend(@Param('id', DeliveryPipe) { id, endpoint }: { id: string; endpoint: string }, @Seen() owner: string | null): Promise<DeliveryView> {
    // The same answer for another's delivery as for one that there never was.
    await this.webhooks.endpoints.find(endpoint, owner);
    return await this.webhooks.deliveries.resend(id);
  }
}
