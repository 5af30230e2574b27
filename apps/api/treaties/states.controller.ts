import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { GetHistory, GetState, type HistoryItem, ListStates, type Page } from '#read-models';
import type { States } from '#record';
import type { TreatyRules } from '#treaty';
import { Allow } from '../access/permission.decorator.js';
import { etagOf } from '../http/guards.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { CutQuery, HistoryQuery, StatesQuery } from '../http/queries.js';
import { STATES } from '../../ground/index.js';
import { HISTORY_EXAMPLE, STATE_EXAMPLE, STATES_EXAMPLE } from './examples.js';

@ApiTags('One State')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/states')
@Allow('read')
export class StatesController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(STATES) private readonly states: States,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every State of which anything is on record, and where it stands' })
  @ApiOkResponse({ example: STATES_EXAMPLE })
  async list(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() { status, ...asked }: StatesQuery): Promise<object> {
    const page = await this.queries.execute(new ListStates(rules, asked, status));
    return { ...page, items: page.items.map((item) => ({ ...item, name: this.states.get(item.iso3)?.name, region: this.states.get(item.iso3)?.region })) };
  }

  @Get(':iso3')
  @ApiOperation({ summary: 'Whether a State is bound, what it owes, when that is due and why' })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of an answer you have; 304 if it still holds.' })
  @ApiOkResponse({ example: STATE_EXAMPLE, headers: { ETag: { description: 'Send it as If-Match with a command, so that nobody comes in between.', schema: { type: 'string' } } } })
  async state(
    @Param('treaty', TreatyPipe) rules: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Query() query: CutQuery,
    @Headers('if-none-match') known: string | undefined, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const view = await this.queries.execute(new GetState(rules, iso3, query));
    const { position, ...content } = view;
    const etag = etagOf(view.revision, createHash('sha1').update(JSON.stringify(content)).digest('base64url').slice(0, 12));
    void reply.header('etag', etag).header('cache-control', 'no-cache');
    if (known !== undefined && known.split(/\s*,\s*/).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) {
      void reply.status(304);
      return undefined;
    }
    const { name, officialName, region } = this.states.get(iso3) as { name: string; officialName: string; region: string };
    return { name, officialName, region, ...content, position };
  }

  @Get(':iso3/history')
  @ApiOperation({ summary: 'Everything on record about a State, in the order of recording' })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiOkResponse({ example: HISTORY_EXAMPLE })
  history(@Param('treaty', TreatyPipe) rules: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Query() query: HistoryQuery): Promise<Page<HistoryItem>> {
    return this.queries.execute(new GetHistory(rules, query, { iso3, ...(query.type === undefined ? {} : { types: [query.type] }) }, query));
  }
}
