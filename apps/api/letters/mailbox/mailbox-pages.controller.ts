import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForBrowsers } from '../../access/permission.decorator.js';
import { ForKeys } from '../for-keys.decorator.js';
import { MailboxQuery } from '../queries.js';
import { letterPage, listPage, noHtml } from './html.js';
import { MailboxShelf } from './mailbox-shelf.js';

const HTML = { description: 'A page.', content: { 'text/html': {} } };
const LETTER = { name: 'id', type: String, example: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example' };
/** Ours: no scripts, nothing from elsewhere; only a letter of this mailbox in a frame. */
const OF_PAGE = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** A letter's own HTML, alone in its frame: no scripts, no forms, no links that lead out, and it fetches nothing. */
const OF_LETTER = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/** The embedded mailbox, to be looked at in a browser. */
@ApiTags('Mailbox')
@Controller('mailbox')
@ForKeys('correspond')
@ForBrowsers()
export class MailboxPagesController {
  constructor(@Inject(MailboxShelf) private readonly shelf: MailboxShelf) {}

  @Get()
  @ApiOperation({ summary: 'The embedded mailbox as a page' })
  @ApiOkResponse(HTML)
  async list(@Query() query: MailboxQuery, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, listPage(await this.shelf.page(query)), OF_PAGE);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One letter as a page: as it looks, as plain text, and what is attached' })
  @ApiParam(LETTER)
  @ApiOkResponse(HTML)
  async letter(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, letterPage(await this.shelf.open(id)), OF_PAGE);
  }

  @Get(':id/html')
  @ApiOperation({ summary: 'The HTML of a letter, for the frame of its page' })
  @ApiParam(LETTER)
  @ApiOkResponse(HTML)
  async html(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, (await this.shelf.open(id)).html ?? noHtml, OF_LETTER);
  }
}

const send = async (reply: FastifyReply, html: string, policy: string): Promise<void> => {
  await reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', policy).header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').send(html);
};
