import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { TreatyRules } from '#treaty';
import { Allow } from '../access/permission.decorator.js';
import { TreatyPipe } from '../http/params.js';
import { TREATY_RULES } from '../../ground/index.js';
import { RULES_EXAMPLE, TREATIES_EXAMPLE } from './examples.js';

@ApiTags('Treaties')
@Controller('v1/treaties')
@Allow('read')
export class TreatiesController {
  constructor(@Inject(TREATY_RULES) private readonly treaties: ReadonlyMap<string, TreatyRules>) {}

  @Get()
  @ApiOperation({ summary: 'Treaties that are kept here' })
  @ApiOkResponse({ example: TREATIES_EXAMPLE })
  list(): object {
    return { items: [...this.treaties.values()].map(({ id, title, adoptedOn }) => ({ id, title, adoptedOn })) };
  }

  @Get(':treaty')
  @ApiOperation({ summary: 'The rules of a treaty, with their articles, and our policies where its text is silent' })
  @ApiParam({ name: 'treaty', type: String, example: 'ccm' })
  @ApiOkResponse({ example: RULES_EXAMPLE })
  rules(@Param('treaty', TreatyPipe) rules: TreatyRules): TreatyRules {
    return rules;
  }
}
