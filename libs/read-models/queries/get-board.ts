import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import { type AssessedState, isContracting, participationCounts, type ParticipationCounts, tallies, type Tally, type TallyOptions, type TreatyRules } from '#treaty';
import { ASSESSOR } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';

export interface BoardView {
  treaty: string;
  asAt: string;
  knownOn: string;
  entryIntoForceOn: string | null;
  participation: ParticipationCounts;
  obligations: Tally[];
  /** Obligations without a deadline: the States known to have them, and the States behind each category of measures. */
  undertakings: { victimAssistance: { article: number; states: string[] } | null; nationalMeasures: { [category: string]: string[] } };
  position: number;
}

/** The status board: how many are bound, how many owe what, how many have done it, and who stands behind each number. */
export class GetBoard extends Query<BoardView> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
    readonly options: TallyOptions = {},
  ) {
    super();
  }
}

@QueryHandler(GetBoard)
export class GetBoardHandler implements IQueryHandler<GetBoard> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked, options }: GetBoard): Promise<BoardView> {
    const cut = resolveCut(asked, todayOf(this.clock));
    const { assessed, treaty, position } = await this.assessor.treaty(rules, cut);
    return {
      treaty: rules.id, asAt: cut.asAt, knownOn: cut.knownOn, entryIntoForceOn: treaty.entryIntoForceOn,
      participation: participationCounts(assessed),
      obligations: tallies(rules, assessed, cut.asAt, options),
      undertakings: undertakingsOn(rules, assessed),
      position,
    };
  }
}

const undertakingsOn = (rules: TreatyRules, assessed: readonly AssessedState[]): BoardView['undertakings'] => {
  const assistance = rules.undertakings.find(({ kind }) => kind === 'victim-assistance');
  const contracting = assessed.filter(([, { participation }]) => isContracting(participation));
  const nationalMeasures: { [category: string]: string[] } = {};
  for (const [iso3, { undertakings }] of contracting) {
    for (const category of undertakings.nationalMeasures?.categories ?? []) (nationalMeasures[category] ??= []).push(iso3);
  }
  return {
    victimAssistance: assistance ? { article: assistance.article, states: contracting.flatMap(([iso3, { undertakings }]) => (undertakings.victimAssistance ? [iso3] : [])) } : null,
    nationalMeasures,
  };
};
