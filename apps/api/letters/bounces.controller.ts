import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Notices, TakenBounce } from '#notices';
import { Problem } from '#platform';
import { NOTICES } from '../../ground/index.js';
import { BOUNCE_EXAMPLE } from './examples.js';
import { ForKeys } from './for-keys.decorator.js';

@ApiTags('Letters')
@Controller('v1/mail')
@ForKeys('correspond')
export class BouncesController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Post('bounces')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take in what a mail server sent back (a delivery status notification, RFC 3464)',
    description:
      'For the mail server’s hook: the whole mail, as it came to `bounces+…@`. A permanent failure marks the message as bounced and its contact as unreachable, and the letter goes to the next in line. '
      + 'Delays are noted; automatic replies and whatever is about no message of ours are ignored, and the answer says so. The same mail twice changes nothing more.',
  })
  @ApiConsumes('message/rfc822')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ example: BOUNCE_EXAMPLE })
  async takeIn(@Body() mail: unknown): Promise<TakenBounce> {
    if (!Buffer.isBuffer(mail)) throw new Problem(415, 'media-type-not-supported', 'Send the mail as it came, with "Content-Type: message/rfc822".');
    if (mail.length === 0) throw new Problem(400, 'mail-missing', 'The body is empty: send the whole mail.');
    return await this.notices.bounces.takeIn(mail);
  }
}
