import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import type { Cut, Obligation, Participation, TreatyRules } from '#treaty';
import type { Assessment } from '#treaty';
import { ASSESSOR } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';

export interface StateView {
  treaty: string;
  iso3: string;
  asAt: string;
  knownOn: string;
  participation: Participation;
  obligations: Obligation[];
  undertakings: Assessment['undertakings'];
  /** Of the State's dossier: what `If-Match` is held against. −1 while nothing is on record. */
  revision: number;
  position: number;
}

/** One State at a cut: whether it is bound, and what it owes. */
export class GetState extends Query<StateView> {
  constructor(
    readonly rules: TreatyRules,
    readonly iso3: string,
    readonly asked: AskedCut,
  ) {
    super();
  }
}

@QueryHandler(GetState)
export class GetStateHandler implements IQueryHandler<GetState> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, iso3, asked }: GetState): Promise<StateView> {
    const cut: Cut = resolveCut(asked, todayOf(this.clock));
    const { assessment, revision, position } = await this.assessor.state(rules, iso3, cut);
    const { participation, obligations, undertakings } = assessment;
    return { treaty: rules.id, iso3, asAt: cut.asAt, knownOn: cut.knownOn, participation, obligations, undertakings, revision, position };
  }
}
