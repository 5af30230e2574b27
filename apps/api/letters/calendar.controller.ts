import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Notices } from '#notices';
import type { TreatyRules } from '#treaty';
import { NOTICES } from '../../ground/index.js';
import { Allow } from '../access/permission.decorator.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { CalendarQuery } from './queries.js';

const KNOWN = { name: 'If-None-Match', required: false, description: 'ETag of a calendar you have; 304 if it still holds.' };

@ApiTags('Calendars')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty')
@Allow('read')
export class CalendarController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Get('calendar.ics')
  @ApiOperation({ summary: 'Open deadlines of all States, or of one theme, as a calendar to subscribe to' })
  @ApiHeader(KNOWN)
  @ApiOkResponse({ content: { 'text/calendar': {} } })
  treaty(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: CalendarQuery, @Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(reply, rules, known, query, {});
  }

  @Get('states/:iso3/calendar.ics')
  @ApiOperation({ summary: 'Open deadlines of one State as a calendar to subscribe to' })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiHeader(KNOWN)
  @ApiOkResponse({ content: { 'text/calendar': {} } })
  state(
    @Param('treaty', TreatyPipe) rules: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Query() query: CalendarQuery, @Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(reply, rules, known, query, { iso3 });
  }

  private async answer(reply: FastifyReply, rules: TreatyRules, known: string | undefined, { theme, language = 'en' }: CalendarQuery, of: { iso3?: string }): Promise<void> {
    const calendar = await this.notices.deadlines.of(rules, { ...of, ...(theme === undefined ? {} : { theme }), language });
    const etag = `"${createHash('sha256').update(calendar).digest('base64url').slice(0, 22)}"`;
    void reply.header('etag', etag).header('cache-control', 'no-cache');
    if (known !== undefined && known.split(/\s*,\s*/).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) return void (await reply.status(304).send());
    await reply.header('content-type', 'text/calendar; charset=utf-8; method=PUBLISH').header('content-disposition', `inline; filename="${[rules.id, of.iso3, theme].filter(Boolean).join('-')}.ics"`).send(calendar);
  }
}
