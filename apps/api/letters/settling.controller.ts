import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#access';
import type { Notices } from '#notices';
import { Problem } from '#platform';
import { NOTICES } from '../../ground/index.js';
import { Asker } from '../access/permission.decorator.js';
import { type CorrespondenceItem, itemOf } from './correspondence-item.js';
import { CORRESPONDENCE_ITEM_EXAMPLE } from './examples.js';
import { ForKeys } from './for-keys.decorator.js';
import { IdPipe } from './id.pipe.js';
import { AgainBody, ReasonBody } from './reasons.js';

/** What became of a message that failed, or may have: a person says. */
@ApiTags('Letters')
@Controller('v1/messages/:id')
@ForKeys('correspond')
export class SettlingController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Post('arrived')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a message arrived whose outcome is unknown, or that failed and was told in another way' })
  @ApiOkResponse({ example: { ...CORRESPONDENCE_ITEM_EXAMPLE, status: 'sent' } })
  async arrived(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<CorrespondenceItem> {
    await this.find(id);
    await this.notices.outbox.arrived(id, { actor, reason });
    return this.find(id);
  }

  @Post('again')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a message again that failed or whose outcome is unknown', description: 'It is assessed and put into words again, and keeps its Message-ID.' })
  @ApiOkResponse({ example: { ...CORRESPONDENCE_ITEM_EXAMPLE, status: 'planned' } })
  async again(@Param('id', IdPipe) id: string, @Body() { reason, seenAt }: AgainBody, @Asker() { actor }: Principal): Promise<CorrespondenceItem> {
    await this.find(id);
    await this.notices.outbox.sendAgain(id, seenAt, { actor, reason });
    return this.find(id);
  }

  private async find(id: string): Promise<CorrespondenceItem> {
    const row = await this.notices.outbox.find(id);
    if (!row) throw new Problem(404, 'unknown-message', 'There is no such message. The correspondence of each State lists those there are.');
    return itemOf(row, row.about);
  }
}
