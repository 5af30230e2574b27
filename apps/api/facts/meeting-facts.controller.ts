import { Body, Controller, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#access';
import { type Provenance, RecordMeetingFact } from '#dossiers';
import type { MeetingProposal, TreatyRules } from '#treaty';
import { Allow, Asker } from '../access/permission.decorator.js';
import { guardsFrom } from '../http/guards.js';
import { MeetingPipe, TreatyPipe } from '../http/params.js';
import { CommandQuery } from '../http/queries.js';
import { validated } from '../http/validation.js';
import { MEETING_PREVIEW_EXAMPLE, PROBLEM_EXAMPLE, RECORDED_EXAMPLE } from '../treaties/examples.js';
import { answered } from './answered.js';
import { MEETING_DATA, MeetingFactBody } from './meeting-fact.body.js';

@ApiTags('Recording')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/meetings/:meeting/facts')
@Allow('record')
export class MeetingFactsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Record that a meeting was scheduled, moved or held' })
  @ApiParam({ name: 'meeting', example: '14MSP' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag that the command before answered with: record only if nobody recorded anything about the meeting since.' })
  @ApiCreatedResponse({ description: 'Recorded. `position` may be given to any read as `minPosition`.', example: RECORDED_EXAMPLE })
  @ApiOkResponse({ description: 'A dry run: what would be recorded.', example: MEETING_PREVIEW_EXAMPLE })
  @ApiResponse({ status: 422, description: 'Refused by a rule: a code and a sentence that helps.', content: { 'application/problem+json': { example: PROBLEM_EXAMPLE } } })
  async record(
    @Param('treaty', TreatyPipe) rules: TreatyRules, @Param('meeting', MeetingPipe) meeting: string, @Body() body: MeetingFactBody, @Query() { dryRun }: CommandQuery,
    @Headers() headers: Record<string, string>, @Asker() asker: Principal, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const guards = guardsFrom(headers, dryRun);
    const data = { ...validated(MEETING_DATA[body.type], body.data ?? {}, 'data') };
    const proposal = { type: body.type, data, effectiveOn: body.effectiveOn ?? null, ...(body.knownOn ? { knownOn: body.knownOn } : {}) } as MeetingProposal;
    const provenance: Provenance = { actor: asker.actor, source: { ...body.source }, ...(body.note ? { note: body.note } : {}), correlation: request.id };
    return answered(reply, await this.commands.execute(new RecordMeetingFact(rules, meeting, proposal, provenance, guards)));
  }
}
