import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problem, Settings } from '#platform';
import { DEFAULT_LIMIT } from '#read-models';
import { type CloudEvent, cloudEventOf, type EventTypeInfo, eventTypes, type Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { Allow } from '../access/permission.decorator.js';
import { EventFilters } from './event-filters.js';
import { EVENT_TYPES_EXAMPLE, EVENTS_EXAMPLE } from './examples.js';
import { publicBase, refuseAhead } from './positions.js';
import { EventsQuery } from './queries.js';

@ApiTags('Events')
@Controller('v1/events')
@Allow('read')
export class EventsController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(EventFilters) private readonly filters: EventFilters,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What happened, in the order of the log: the same events that webhooks deliver',
    description: 'Ask again with `after` set to `next` to go on; `next` moves past what the filter leaves out, so that nothing is looked at twice. Fewer items than `limit` means that there is no more for now.',
  })
  @ApiOkResponse({ example: EVENTS_EXAMPLE })
  async page(@Query() { after = 0, limit = DEFAULT_LIMIT, ...asked }: EventsQuery): Promise<{ items: CloudEvent[]; next: number }> {
    const { items, next } = await this.webhooks.events.after(after, limit, this.filters.of(asked));
    if (items.length === 0) await refuseAhead(this.webhooks, after);
    const base = publicBase(this.settings);
    return { items: items.map((event) => cloudEventOf(event, base)), next };
  }

  @Get('types')
  @ApiOperation({ summary: 'Types of events, each with the JSON Schema of its data' })
  @ApiOkResponse({ example: EVENT_TYPES_EXAMPLE })
  types(): { items: EventTypeInfo[] } {
    return { items: eventTypes() };
  }

  @Get('types/:type/:version')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  @ApiOperation({ summary: 'JSON Schema of the data of one type of event: what `dataschema` of an event leads to' })
  @ApiParam({ name: 'type', example: 'treaty.instrument.deposited' })
  @ApiParam({ name: 'version', example: '1' })
  @ApiOkResponse({ content: { 'application/schema+json': {} } })
  schema(@Param('type') type: string, @Param('version') version: string): EventTypeInfo['schema'] {
    const found = eventTypes().find((one) => one.type === type && String(one.version) === version);
    if (!found) throw new Problem(404, 'unknown-event-type', 'There is no such type of event, or not in this version. GET /v1/events/types names all that there are.');
    return found.schema;
  }
}
