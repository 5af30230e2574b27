import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { ForecastItem, Notices } from '#notices';
import type { TreatyRules } from '#treaty';
import { NOTICES } from '../../ground/index.js';
import { Allow } from '../access/permission.decorator.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { FORECAST_EXAMPLE } from './examples.js';
import { DEFAULT_MONTHS, ForecastQuery } from './queries.js';
import { LANGUAGES } from './tokens.js';

@ApiTags('Letters')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/reminders')
@Allow('read')
export class ForecastController {
  constructor(
    @Inject(NOTICES) private readonly notices: Notices,
    @Inject(LANGUAGES) private readonly languages: ReadonlyMap<string, string>,
    @Inject(StatePipe) private readonly states: StatePipe,
  ) {}

  @Get('forecast')
  @ApiOperation({
    summary: 'Which reminders would go out from tomorrow on, to whom and about what, by what is known today',
    description: 'Where nobody is known for a State, the focal point who would be written to shows without a `contactId`.',
  })
  @ApiOkResponse({ example: FORECAST_EXAMPLE })
  async forecast(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() { months = DEFAULT_MONTHS, iso3 }: ForecastQuery): Promise<{ items: ForecastItem[] }> {
    const state = iso3 === undefined ? {} : { iso3: this.states.transform(iso3) };
    return { items: await this.notices.forecast.of(rules, { months, ...state, languages: this.languages }) };
  }
}
