import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#access';
import type { Notices } from '#notices';
import type { TreatyRules } from '#treaty';
import { NOTICES } from '../../ground/index.js';
import { Asker } from '../access/permission.decorator.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { HELD_EXAMPLE, HOLDS_EXAMPLE, RELEASED_EXAMPLE, SKIPPED_EXAMPLE } from './examples-of-holds.js';
import { ForKeys } from './for-keys.decorator.js';
import { answerOf, type HoldAnswer, type HoldView, viewOfHold } from './hold-view.js';
import { ReasonBody, ReleaseBody } from './reasons.js';

const LASTING = 'What is planned later is held as well, until it is released. A message that speaks of other States too goes out without this one. Holding what is on hold already changes nothing.';
const AT_ONCE = 'Each contact gets one message with all that waited for it, assessed again before it goes. What is on hold for another reason stays so.';

/** Letters about a State, or all letters of a treaty, held back together. */
@ApiTags('Letters')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty')
@ForKeys('correspond')
export class HoldsController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Get('holds')
  @ApiOperation({ summary: 'What is on hold: States, runs, the treaty; the oldest first' })
  @ApiOkResponse({ example: HOLDS_EXAMPLE })
  async list(@Param('treaty', TreatyPipe) rules: TreatyRules): Promise<{ items: HoldView[] }> {
    return { items: (await this.notices.holds.list(rules.id)).map(viewOfHold) };
  }

  @Post('states/:iso3/letters/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold all letters about a State', description: LASTING })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiOkResponse({ example: HELD_EXAMPLE })
  async hold(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.hold({ treaty, iso3 }, { actor, reason }));
  }

  @Post('states/:iso3/letters/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let the letters about a State go', description: AT_ONCE })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiOkResponse({ example: RELEASED_EXAMPLE })
  async release(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Body() { reason }: ReleaseBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.release({ treaty, iso3 }, { actor, reason: reason ?? null }));
  }

  @Post('states/:iso3/letters/skip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Do not send what is planned or waits about a State', description: 'What comes later is sent; where the State is on hold, it stays so.' })
  @ApiParam({ name: 'iso3', example: 'GNB' })
  @ApiOkResponse({ example: SKIPPED_EXAMPLE })
  async skip(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.skip({ treaty, iso3 }, { actor, reason }));
  }

  @Post('letters/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold all letters of a treaty', description: 'Runs of later days are held as well, until the treaty is released. Holding what is on hold already changes nothing.' })
  @ApiOkResponse({ example: { ...HELD_EXAMPLE, hold: { ...HELD_EXAMPLE.hold, scope: 'treaty', treaty: 'apmbc', iso3: null } } })
  async holdAll(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.hold({ treaty }, { actor, reason }));
  }

  @Post('letters/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let all letters of a treaty go that waited with it', description: AT_ONCE })
  @ApiOkResponse({ example: { ...RELEASED_EXAMPLE, hold: { ...RELEASED_EXAMPLE.hold, scope: 'treaty', treaty: 'apmbc', iso3: null } } })
  async releaseAll(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Body() { reason }: ReleaseBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.release({ treaty }, { actor, reason: reason ?? null }));
  }

  @Post('letters/skip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Do not send what is planned or waits of a treaty', description: 'What comes later is sent; where the treaty is on hold, it stays so.' })
  @ApiOkResponse({ example: SKIPPED_EXAMPLE })
  async skipAll(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.skip({ treaty }, { actor, reason }));
  }
}
