import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#platform';
import type { DeliveryView, Endpoint, Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { refuseAhead } from '../events/positions.js';
import { IdPipe } from '../letters/id.pipe.js';
import { RecoverBody, ReplayBody } from './bodies.js';
import { CHALLENGED_ENDPOINT_EXAMPLE, CHANGED_ENDPOINT_EXAMPLE, OWED_EXAMPLE, PAUSED_ENDPOINT_EXAMPLE, ROTATED_ENDPOINT_EXAMPLE, TEST_DELIVERY_EXAMPLE } from './examples.js';
import { ForSubscribers, Seen } from './for-subscribers.decorator.js';

/** What its owner may do with an endpoint. */
@ApiTags('Webhooks')
@Controller('v1/webhooks/:id')
@ForSubscribers()
export class ActsController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
  ) {}

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a test event (`webhook.test`) now, once, and see what came of it', description: 'Takes up to 15 seconds, where the receiver takes its time.' })
  @ApiOkResponse({ example: TEST_DELIVERY_EXAMPLE })
  test(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<DeliveryView> {
    return this.webhooks.test(id, owner);
  }

  @Post('challenge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask an endpoint anew whether it wants the events', description: 'For one that is `unverified` or `disabled`. It is asked at once, with a new value.' })
  @ApiOkResponse({ example: CHALLENGED_ENDPOINT_EXAMPLE })
  async challenge(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<Endpoint> {
    const { status } = await this.webhooks.endpoints.find(id, owner);
    if (status === 'active' || status === 'paused') throw new Problem(409, 'not-in-that-state', `This endpoint is ${status}: it has answered our challenge already.`);
    return await this.webhooks.endpoints.resume(id, owner);
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new secret, shown in this answer only', description: 'Until `previousSecretUntil`, 24 hours from now, each call is signed with both.' })
  @ApiOkResponse({ example: ROTATED_ENDPOINT_EXAMPLE })
  async rotate(@Param('id', IdPipe) id: string, @Seen() owner: string | null, @Res({ passthrough: true }) reply: FastifyReply): Promise<Endpoint & { secret: string; publicKey: string }> {
    const { endpoint, secret, publicKey } = await this.webhooks.endpoints.rotate(id, owner);
    void reply.header('cache-control', 'no-store');
    return { ...endpoint, secret, publicKey };
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold deliveries back; what comes meanwhile is kept' })
  @ApiOkResponse({ example: PAUSED_ENDPOINT_EXAMPLE })
  pause(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<Endpoint> {
    return this.webhooks.endpoints.pause(id, owner);
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on with deliveries', description: 'A paused endpoint goes on at once. One that is disabled or unverified is challenged anew first.' })
  @ApiOkResponse({ example: CHANGED_ENDPOINT_EXAMPLE })
  resume(@Param('id', IdPipe) id: string, @Seen() owner: string | null): Promise<Endpoint> {
    return this.webhooks.endpoints.resume(id, owner);
  }

  @Post('recover')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send again what was news since an instant and has not arrived', description: 'Also what came while the endpoint was disabled. Each has the id that it had. `deliveries` says how many.' })
  @ApiOkResponse({ example: OWED_EXAMPLE })
  async recover(@Param('id', IdPipe) id: string, @Body() { since }: RecoverBody, @Seen() owner: string | null): Promise<{ deliveries: number }> {
    return { deliveries: await this.webhooks.endpoints.recover(id, owner, since) };
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send everything after a position of the log that the endpoint asks for', description: 'Also history, and what has arrived already: each with the id that it had. `deliveries` says how many.' })
  @ApiOkResponse({ example: OWED_EXAMPLE })
  async replay(@Param('id', IdPipe) id: string, @Body() { after }: ReplayBody, @Seen() owner: string | null): Promise<{ deliveries: number }> {
    await refuseAhead(this.webhooks, after);
    return { deliveries: await this.webhooks.endpoints.replay(id, owner, after) };
  }
}
