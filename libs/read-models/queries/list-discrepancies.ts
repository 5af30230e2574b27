import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import { type AssessedState, type Cut, type FactData, grantsThatDisagree, type TreatyRules } from '#treaty';
import type { HistoryItem, HistoryReader } from '../history/reader.js';
import { ASSESSOR, HISTORY_READER } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';
import { MOST_ITEMS, type Page } from './page.js';

/** A place where the record and a source, or a decision and its own arithmetic, say different things. */
export interface Discrepancy {
  id: string;
  iso3?: string;
  subject: string;
  /** What we compute, or keep. */
  computed: string;
  /** What the source says. */
  stated: string;
  source: object;
  note: string | null;
}

export class ListDiscrepancies extends Query<Page<Discrepancy>> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
  ) {
    super();
  }
}

@QueryHandler(ListDiscrepancies)
export class ListDiscrepanciesHandler implements IQueryHandler<ListDiscrepancies> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(HISTORY_READER) private readonly history: HistoryReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked }: ListDiscrepancies): Promise<Page<Discrepancy>> {
    const cut = resolveCut(asked, todayOf(this.clock));
    const { assessed, position } = await this.assessor.treaty(rules, cut);
    return { items: await discrepanciesAt(this.history, rules, assessed, cut), next: null, position };
  }
}

/** The register of a treaty at a cut, with all its States as assessed at that. */
export const discrepanciesAt = async (history: HistoryReader, rules: TreatyRules, assessed: readonly AssessedState[], cut: Cut): Promise<Discrepancy[]> => {
  const { items: noted } = await history.page(rules.id, { types: ['discrepancy-noted'] }, cut, { after: null, limit: MOST_ITEMS, newestFirst: false });
  const states = new Map(assessed);
  return [...noted.filter(({ supersededBy }) => supersededBy === undefined).map((item) => fromSource(item, states)), ...assessed.flatMap((state) => fromArithmetic(rules, state))];
};

/** Where the discrepancy is about a due date, ours is computed now, not copied from when it was noted. */
const fromSource = (item: HistoryItem, states: ReadonlyMap<string, AssessedState[1]>): Discrepancy => {
  const { subject, kept, stated, article, kind } = item.data as FactData['discrepancy-noted'];
  const obligation = item.iso3 === undefined ? undefined : states.get(item.iso3)?.obligations.find((one) => one.article === article && one.kind === kind);
  return {
    id: item.id, ...(item.iso3 === undefined ? {} : { iso3: item.iso3 }), subject, computed: obligation?.dueOn ?? kept, stated, source: item.source, note: item.note,
  };
};

const fromArithmetic = (rules: TreatyRules, [iso3, { facts, participation }]: AssessedState): Discrepancy[] =>
  grantsThatDisagree(rules, facts, participation).map(({ fact, computed, article }) => ({
    id: `${fact.id}:length`, iso3, subject: `extension under Article ${article} granted by ${fact.data.meeting}`,
    computed: `${fact.data.months} months from the former due date would be ${computed}`, stated: `until ${fact.data.until}`,
    source: { title: `Decision of ${fact.data.meeting}` }, note: 'The day that the decision names is kept.',
  }));
