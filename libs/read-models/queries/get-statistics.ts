import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import { statisticsOf, type TreatyRules, type YearStatistics } from '#treaty';
import { ASSESSOR } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';

/** One calendar year of a treaty, as at a cut (today unless given). */
export class GetStatistics extends Query<YearStatistics & { treaty: string; position: number }> {
  constructor(
    readonly rules: TreatyRules,
    readonly year: number,
    readonly asked: AskedCut,
  ) {
    super();
  }
}

@QueryHandler(GetStatistics)
export class GetStatisticsHandler implements IQueryHandler<GetStatistics> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, year, asked }: GetStatistics): Promise<YearStatistics & { treaty: string; position: number }> {
    const cut = resolveCut(asked, todayOf(this.clock));
    const { assessed, position } = await this.assessor.treaty(rules, cut);
    return { treaty: rules.id, ...statisticsOf(year, assessed, cut.asAt), position };
  }
}
