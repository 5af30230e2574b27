import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Endpoint, Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { EventFilters } from '../events/event-filters.js';
import { guardsFrom } from '../http/guards.js';
import { IdPipe } from '../letters/id.pipe.js';
import { EndpointBody } from './bodies.js';
import { CREATED_ENDPOINT_EXAMPLE, ENDPOINT_EXAMPLE, ENDPOINTS_EXAMPLE } from './examples.js';
import { ForSubscribers, Owner, Seen } from './for-subscribers.decorator.js';

const REPEATED = { name: 'Idempotency-Key', required: false, description: 'Any text of your own, such as a UUID: the same request with the same key within a day makes one endpoint, and is answered as the first time.' };

@ApiTags('Webhooks')
@Controller('v1/webhooks')
@ForSubscribers()
export class EndpointsController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(EventFilters) private readonly filters: EventFilters,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Have events sent to an address of your own',
    description:
      'The secret is shown in this answer only. Nothing is delivered before the endpoint has answered our signed POST of type `webhook.challenge` with 200 and `{ "challenge": "…" }` of the same value; then its `status` turns from `unverified` to `active`. '
      + 'Calls are signed as Standard Webhooks 1.0.0 says: `v1` with the secret, `v1a` with our key, whose public half is `publicKey`.',
  })
  @ApiHeader(REPEATED)
  @ApiCreatedResponse({ example: CREATED_ENDPOINT_EXAMPLE })
  async create(@Body() { url, types, treaty, states, theme, ordered, rate }: EndpointBody, @Owner() owner: string, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<Endpoint & { secret: string; publicKey: string }> {
    const { idempotencyKey } = guardsFrom({ 'idempotency-key': headers['idempotency-key'] }, undefined);
    const filter = this.filters.of({ ...(treaty === undefined ? {} : { treaty }), ...(states === undefined ? {} : { states }), ...(theme === undefined ? {} : { theme }) });
    const asked = { url, types, ...(treaty === undefined ? {} : { treaty }), ...(filter.states ? { states: filter.states } : {}), ...(theme === undefined ? {} : { theme }), ...(ordered === undefined ? {} : { ordered }), ...(rate === undefined ? {} : { rate }) };
    const { endpoint, secret, publicKey, repeated } = await this.webhooks.endpoints.create(owner, asked, idempotencyKey);
    void reply.header('cache-control', 'no-store').header('idempotent-replayed', String(repeated));
    return { ...endpoint, secret, publicKey };
  }

  @Get()
  @ApiOperation({ summary: 'Your endpoints; for an administrator, all', description: 'With the keys that our `v1a` signatures verify with, the newest first.' })
  @ApiOkResponse({ example: ENDPOINTS_EXAMPLE })
  async list(@Seen() owner: string | null): Promise<{ items: Endpoint[]; publicKeys: string[] }> {
    const [items, publicKeys] = await Promise.all([this.webhooks.endpoints.list(owner), this.webhooks.signingKeys.publicKeys()]);
    return { items, publicKeys };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One endpoint' })
  @ApiOkResponse({ example: ENDPOINT_EXAMPLE })
  async one(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<Endpoint & { publicKeys: string[] }> {
    return { ...(await this.webhooks.endpoints.find(id, owner)), publicKeys: await this.webhooks.signingKeys.publicKeys() };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an endpoint with its delivery log; nothing more is sent to it' })
  @ApiNoContentResponse()
  async remove(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<void> {
    await this.webhooks.endpoints.remove(id, owner);
  }
}
