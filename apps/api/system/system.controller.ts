import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#platform';
import { Allow } from '../access/permission.decorator.js';
import { Measures, Readiness } from '../../ground/index.js';
import { LIVE_EXAMPLE, READY_EXAMPLE } from '../treaties/examples.js';

@ApiTags('Running the service')
@Controller()
@Allow('none')
export class SystemController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(Measures) private readonly measures: Measures,
  ) {}

  @Get('health/live')
  @ApiOperation({ summary: 'Whether the process is alive' })
  @ApiOkResponse({ example: LIVE_EXAMPLE })
  live(): object {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'Whether it can answer truly: the event log answers, the record is loaded, the read models are current and the queue is there' })
  @ApiOkResponse({ example: READY_EXAMPLE })
  async ready(): Promise<object> {
    const checks = await this.readiness.checks();
    if (checks.every(({ ok }) => ok)) return { status: 'ok', checks };
    const failed = checks.filter(({ ok }) => !ok).map(({ name, detail }) => (detail ? `${name}: ${detail}` : name));
    throw new Problem(503, 'not-ready', `Not ready yet (${failed.join('; ')}).`, { checks });
  }

  @Get('metrics')
  @ApiOperation({ summary: 'What the service measures of itself, for Prometheus' })
  @ApiOkResponse({ content: { 'text/plain': {} } })
  async measured(@Res() reply: FastifyReply): Promise<void> {
    const { type, text } = await this.measures.taken();
    await reply.header('content-type', type).send(text);
  }

  @Get()
  @ApiExcludeEndpoint()
  welcome(): object {
    return { name: 'Pacta', documentation: '/docs', treaties: '/v1/treaties', health: '/health/ready' };
  }
}
