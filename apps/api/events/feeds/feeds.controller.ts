import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 } from 'uuid';
import { CLOCK, type Clock, Problem, Settings } from '#platform';
import type { States } from '#record';
import type { EventFilter, Webhooks } from '#webhooks';
import { STATES, WEBHOOKS } from '../../../ground/index.js';
import { Allow } from '../../access/permission.decorator.js';
import { type Kept, sendUnlessKept } from '../../http/conditional.js';
import { EventFilters } from '../event-filters.js';
import { publicBase } from '../positions.js';
import { DEFAULT_ENTRIES, FeedQuery } from '../queries.js';
import { asAtom } from './atom.js';
import { entryOf } from './entry-of.js';
import type { Feed } from './feed.js';
import { asJsonFeed } from './json-feed.js';

const FORMATS = { atom: { type: 'application/atom+xml; charset=utf-8', written: asAtom }, json: { type: 'application/feed+json; charset=utf-8', written: asJsonFeed } };
const TITLES = { ratifications: 'Ratifications and accessions', all: 'Everything that is recorded' };
/** Of a feed in which nothing is yet. */
const BEFORE_ALL = '1970-01-01T00:00:00Z';

@ApiTags('Events')
@Controller('v1/feeds')
@Allow('read')
export class FeedsController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(STATES) private readonly states: States,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(EventFilters) private readonly filters: EventFilters,
  ) {}

  @Get(':file')
  @ApiOperation({
    summary: 'News to subscribe to with a feed reader: ratifications, or everything, as Atom or JSON Feed',
    description: 'The newest first; of one treaty, of some States or of one theme where the query says so. An entry that was corrected or retracted later says so.',
  })
  @ApiParam({ name: 'file', enum: ['ratifications.atom', 'ratifications.json', 'all.atom', 'all.json'] })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of a feed you have; 304 if it still holds.' })
  @ApiHeader({ name: 'If-Modified-Since', required: false, description: 'Last-Modified of a feed you have; 304 if it still holds.' })
  @ApiOkResponse({ content: { 'application/atom+xml': {}, 'application/feed+json': {} } })
  @ApiResponse({ status: 304, description: 'It is as you have it.' })
  async feed(@Param('file') file: string, @Query() { limit = DEFAULT_ENTRIES, ...asked }: FeedQuery, @Headers() kept: Kept, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [, what, format] = /^(ratifications|all)\.(atom|json)$/.exec(file) ?? [];
    if (!what || !format) throw new Problem(404, 'no-such-feed', 'There are the feeds ratifications and all, each as .atom and .json.');
    const filter = this.filters.of(asked);
    if (what === 'ratifications' && filter.types) throw new Problem(400, 'invalid-input', 'The feed of ratifications takes no types: use /v1/feeds/all with them.');
    const feed = await this.feedOf(what === 'ratifications' ? { ...filter, types: ['treaty.instrument.deposited'] } : filter, limit, TITLES[what as keyof typeof TITLES], request.url);
    const { type, written } = FORMATS[format as keyof typeof FORMATS];
    await sendUnlessKept(reply, kept, { type, body: written(feed), changed: Temporal.Instant.from(feed.updated), now: this.clock.now() });
  }

  private async feedOf(filter: EventFilter, limit: number, title: string, address: string): Promise<Feed> {
    const base = publicBase(this.settings);
    const events = await this.webhooks.events.newest(limit, filter);
    const amended = new Map((await this.webhooks.events.amending(events.map(({ id }) => id))).map((one) => [String(one.details['fact']), one]));
    const entries = events.map((event) => entryOf(event, { base, amended, nameOf: (iso3) => this.states.get(iso3)?.name ?? iso3 }));
    const updated = entries.map((entry) => entry.updated).reduce((one, other) => (one > other ? one : other), BEFORE_ALL);
    const self = new URL(`${base}${address}`).href;
    const about = [filter.treaty, ...(filter.states ?? []), filter.theme].filter(Boolean).join(', ');
    return { id: `urn:uuid:${v5(self, v5.URL)}`, title: about === '' ? title : `${title} (${about})`, self, home: `${base}/v1/treaties${filter.treaty === undefined ? '' : `/${filter.treaty}`}`, updated, entries };
  }
}
