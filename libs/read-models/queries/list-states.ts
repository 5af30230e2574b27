import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import type { Participation, TreatyRules } from '#treaty';
import { ASSESSOR } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';
import type { Page } from './page.js';

/** Every State of which anything is on record, and where it stands towards the treaty. */
export class ListStates extends Query<Page<{ iso3: string } & Participation>> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
    readonly status?: string,
  ) {
    super();
  }
}

@QueryHandler(ListStates)
export class ListStatesHandler implements IQueryHandler<ListStates> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked, status }: ListStates): Promise<Page<{ iso3: string } & Participation>> {
    const { assessed, position } = await this.assessor.treaty(rules, resolveCut(asked, todayOf(this.clock)));
    const items = assessed.map(([iso3, { participation }]) => ({ iso3, ...participation })).filter((one) => status === undefined || one.status === status);
    return { items, next: null, position };
  }
}
