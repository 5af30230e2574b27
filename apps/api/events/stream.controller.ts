import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER, Problem, Settings } from '#platform';
import { cloudEventOf, EventTail, type Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { Allow, type IdentifiedRequest } from '../access/permission.decorator.js';
import { EventFilters } from './event-filters.js';
import { OpenStreams } from './open-streams.js';
import { publicBase, refuseAhead } from './positions.js';
import { EventStreamQuery } from './queries.js';

@ApiTags('Events')
@Controller('v1/events')
@Allow('read')
export class EventStreamController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(EventTail) private readonly tail: EventTail,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(EventFilters) private readonly filters: EventFilters,
    @Inject(OpenStreams) private readonly streams: OpenStreams,
  ) {}

  @Get('stream')
  @ApiOperation({
    summary: 'What happens, as server-sent events: first what came after a position, then what comes, without gap or repeat',
    description: 'The `id` of each is its position and `data` the event as webhooks deliver it. A browser’s EventSource comes again by itself after a break and goes on where it was. A comment every 15 seconds shows that the line stands. A stream ends after about an hour; come again.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Position of the last event that you have; goes before `after`.' })
  @ApiOkResponse({ content: { 'text/event-stream': {} } })
  async stream(@Query() { after, ...asked }: EventStreamQuery, @Headers('last-event-id') last: string | undefined, @Req() request: IdentifiedRequest, @Res() reply: FastifyReply): Promise<void> {
    const filter = this.filters.of(asked);
    const given = positionOf(last) ?? after;
    if (given !== undefined) await refuseAhead(this.webhooks, given);
    void reply.header('content-type', 'text/event-stream; charset=utf-8').header('cache-control', 'no-cache, no-transform').header('x-accel-buffering', 'no');
    // Nobody would ever read it to its end.
    if (request.method === 'HEAD') return void (await reply.send(''));
    const position = given ?? (await this.webhooks.events.position());
    const base = publicBase(this.settings);
    const follow = this.tail.follow.bind(this.tail);
    const pieces = async function* (signal: AbortSignal): AsyncGenerator<string, void, undefined> {
      yield `retry: ${RETRY_MS}\nid: ${position}\n\n`;
      for await (const { events, position: upTo } of follow({ after: position, filter, signal })) {
        yield events.length > 0 ? events.map((event) => `id: ${event.position}\ndata: ${JSON.stringify(cloudEventOf(event, base))}\n\n`).join('') : `: nothing new\nid: ${upTo}\n\n`;
      }
    };
    const { principal, ip } = request;
    const body = this.streams.start(principal?.role ? principal.actor : ip, pieces, (error) => this.logger.warn({ err: error }, 'event stream'));
    await reply.send(body);
  }
}

/** Milliseconds after which a browser comes again. */
const RETRY_MS = 3_000;

const positionOf = (last: string | undefined): number | undefined => {
  if (last === undefined || last === '') return undefined;
  if (/^\d{1,15}$/.test(last)) return Number(last);
  throw new Problem(400, 'invalid-input', 'Last-Event-ID must be the id of an event of this stream: a position of the log.');
};
