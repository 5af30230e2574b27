import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { KeptLetter, OpenedLetter } from '#notices';
import { ForBrowsers } from '../../access/permission.decorator.js';
import { ForKeys } from '../for-keys.decorator.js';
import { MailboxQuery } from '../queries.js';
import { MAILBOX_EXAMPLE, OPENED_LETTER_EXAMPLE } from './examples.js';
import { MailboxShelf } from './mailbox-shelf.js';

const LETTER = { name: 'id', type: String, example: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10@pacta.example' };

/** Letters hold names and addresses: they are for those who correspond. */
@ApiTags('Mailbox')
@Controller('v1/mailbox')
@ForKeys('correspond')
export class MailboxController {
  constructor(@Inject(MailboxShelf) private readonly shelf: MailboxShelf) {}

  @Get()
  @ApiOperation({ summary: 'Letters in the embedded mailbox, where no mail server is set; newest first', description: 'They are files under PACTA_HOME/mailbox, to be opened with any mail program.' })
  @ApiOkResponse({ example: MAILBOX_EXAMPLE })
  list(@Query() query: MailboxQuery): Promise<{ items: KeptLetter[]; next: string | null }> {
    return this.shelf.page(query);
  }

  @Get(':id.eml')
  @ForBrowsers()
  @ApiOperation({ summary: 'A letter as it is in its file' })
  @ApiParam(LETTER)
  @ApiOkResponse({ content: { 'message/rfc822': {} } })
  async file(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const mime = await this.shelf.mime(id);
    await reply.header('content-type', 'message/rfc822').header('content-disposition', 'attachment; filename="letter.eml"').header('cache-control', 'no-store').send(mime);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A letter, taken apart: text, HTML, headers, attachments' })
  @ApiParam(LETTER)
  @ApiOkResponse({ example: OPENED_LETTER_EXAMPLE })
  letter(@Param('id') id: string): Promise<OpenedLetter> {
    return this.shelf.open(id);
  }
}
