import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#access';
import { Problem } from '#platform';
import type { BlockedHost, Webhooks } from '#webhooks';
import { WEBHOOKS } from '../../ground/index.js';
import { Allow, Asker } from '../access/permission.decorator.js';
import { BlockBody } from './bodies.js';
import { BLOCKED_HOST_EXAMPLE, BLOCKED_HOSTS_EXAMPLE } from './examples.js';

/** The kill switch. */
@ApiTags('Running the service')
@Controller('v1/blocked-hosts')
@Allow('administer')
export class BlockedHostsController {
  constructor(@Inject(WEBHOOKS) private readonly webhooks: Webhooks) {}

  @Get()
  @ApiOperation({ summary: 'Hosts that no webhook is sent to' })
  @ApiOkResponse({ example: BLOCKED_HOSTS_EXAMPLE })
  async list(): Promise<{ items: BlockedHost[] }> {
    return { items: await this.webhooks.blockedHosts.list() };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send nothing more to a host, whoever asked for it', description: 'Within a second or two; calls that are under way end. What is owed there waits until the host is let go.' })
  @ApiOkResponse({ example: BLOCKED_HOST_EXAMPLE })
  block(@Body() { host, reason }: BlockBody, @Asker() { actor }: Principal): Promise<BlockedHost> {
    return this.webhooks.blockedHosts.block(host, reason, actor);
  }

  @Delete(':host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a host go; what waited is sent' })
  @ApiParam({ name: 'host', type: String, example: 'blocked.example' })
  @ApiNoContentResponse()
  async release(@Param('host') host: string): Promise<void> {
    if (!(await this.webhooks.blockedHosts.release(host))) throw new Problem(404, 'host-not-blocked', 'This host is not blocked. GET /v1/blocked-hosts lists those that are.');
  }
}
