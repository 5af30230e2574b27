import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '#access';
import type { ByPerson, MessageRow, Notices } from '#notices';
import { Problem } from '#platform';
import type { TreatyRules } from '#treaty';
import { NOTICES } from '../../ground/index.js';
import { Asker } from '../access/permission.decorator.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { type CorrespondenceItem, itemOf } from './correspondence-item.js';
import { CORRESPONDENCE_EXAMPLE, CORRESPONDENCE_ITEM_EXAMPLE } from './examples.js';
import { ForKeys } from './for-keys.decorator.js';
import { IdPipe } from './id.pipe.js';
import { CorrespondenceQuery, DEFAULT_MESSAGES } from './queries.js';
import { ReasonBody, ReleaseBody } from './reasons.js';

@ApiTags('Letters')
@Controller('v1')
export class CorrespondenceController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Get('treaties/:treaty/states/:iso3/correspondence')
  @ForKeys('read-letters')
  @ApiOperation({ summary: 'What was, or is to be, written about a State, and what became of it; newest first' })
  @ApiParam({ name: 'treaty', type: String, example: 'ccm' })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiOkResponse({ example: CORRESPONDENCE_EXAMPLE })
  async list(
    @Param('treaty', TreatyPipe) rules: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Query() { status, limit = DEFAULT_MESSAGES }: CorrespondenceQuery, @Asker() asker: Principal,
  ): Promise<{ items: CorrespondenceItem[] }> {
    if (asker.role === 'focal-point' && asker.iso3 !== iso3) throw new Problem(403, 'not-allowed', `A focal point of ${asker.iso3} sees the letters about ${asker.iso3} only.`);
    const rows = await this.notices.outbox.list({ treaty: rules.id, iso3, limit, ...(status === undefined ? {} : { status }) });
    return { items: rows.map((row) => itemOf(row, row.about.filter((one) => one.iso3 === iso3))) };
  }

  @Get('messages/:id')
  @ForKeys('read-letters')
  @ApiOperation({ summary: 'The exact message as it went out, or as it is to go out' })
  @ApiOkResponse({ content: { 'message/rfc822': {} } })
  async message(@Param('id', IdPipe) id: string, @Asker() asker: Principal, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.find(id);
    if (asker.role === 'focal-point' && !isOwn(row, asker)) throw new Problem(403, 'not-allowed', `A focal point of ${asker.iso3} sees the letters to ${asker.iso3} only.`);
    const mime = await this.notices.outbox.mime(id);
    if (!mime) throw new Problem(404, 'no-message-stored', 'This message has not been put into words yet, or its recipient was erased. Its hash, where it has one, is in the correspondence.');
    await reply.header('content-type', 'message/rfc822').header('content-disposition', `attachment; filename="${id}.eml"`).header('cache-control', 'no-store').send(mime);
  }

  @Post('messages/:id/hold')
  @HttpCode(200)
  @ForKeys('correspond')
  @ApiOperation({ summary: 'Hold back a message that is planned, until it is released' })
  @ApiOkResponse({ example: CORRESPONDENCE_ITEM_EXAMPLE })
  hold(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<CorrespondenceItem> {
    return this.turn(id, { actor, reason }, 'hold');
  }

  @Post('messages/:id/release')
  @HttpCode(200)
  @ForKeys('correspond')
  @ApiOperation({ summary: 'Let a message go out that was held, on its own or with its run', description: 'One whose State or treaty is on hold waits for the end of that.' })
  @ApiOkResponse({ example: { ...CORRESPONDENCE_ITEM_EXAMPLE, status: 'planned', reason: 'Looked through and right.' } })
  release(@Param('id', IdPipe) id: string, @Body() { reason }: ReleaseBody, @Asker() { actor }: Principal): Promise<CorrespondenceItem> {
    return this.turn(id, { actor, reason: reason ?? null }, 'release');
  }

  @Post('messages/:id/skip')
  @HttpCode(200)
  @ForKeys('correspond')
  @ApiOperation({ summary: 'Do not send a message that is planned or held, or that failed' })
  @ApiOkResponse({ example: { ...CORRESPONDENCE_ITEM_EXAMPLE, status: 'skipped' } })
  skip(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<CorrespondenceItem> {
    return this.turn(id, { actor, reason }, 'skip');
  }

  private async turn(id: string, by: ByPerson, how: 'hold' | 'release' | 'skip'): Promise<CorrespondenceItem> {
    await this.find(id);
    await this.notices.outbox[how](id, by);
    const row = await this.find(id);
    return itemOf(row, row.about);
  }

  private async find(id: string): Promise<MessageRow> {
    const row = await this.notices.outbox.find(id);
    if (!row) throw new Problem(404, 'unknown-message', 'There is no such message. The correspondence of each State lists those there are.');
    return row;
  }
}

/** To somebody of that State, about nothing but that State. */
const isOwn = ({ role, states }: MessageRow, { iso3 }: Principal): boolean => role !== 'coordinator' && role !== 'registrar' && states.every((one) => one === iso3);
