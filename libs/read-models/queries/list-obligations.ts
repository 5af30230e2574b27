import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import type { Obligation, TreatyRules } from '#treaty';
import { ASSESSOR } from '../tokens.js';
import type { Assessor } from './assessor.js';
import { type AskedCut, resolveCut } from './cut.js';
import { type AskedPage, cursorFrom, MOST_ITEMS, type Page, placeOf } from './page.js';

export interface ObligationFilter {
  iso3?: string;
  article?: number;
  kind?: string;
  status?: string;
  theme?: string;
  /** Due dates in a period, both days included. */
  dueFrom?: string;
  dueTo?: string;
}

export type ListedObligation = { iso3: string } & Obligation;

/** Obligations of all States, by due date; those without one come last. The deadline calendar is this list in a period. */
export class ListObligations extends Query<Page<ListedObligation>> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
    readonly filter: ObligationFilter,
    readonly page: AskedPage,
  ) {
    super();
  }
}

@QueryHandler(ListObligations)
export class ListObligationsHandler implements IQueryHandler<ListObligations> {
  constructor(
    @Inject(ASSESSOR) private readonly assessor: Assessor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked, filter, page }: ListObligations): Promise<Page<ListedObligation>> {
    const after = page.cursor === undefined ? null : placeOf(page.cursor, 1)[0];
    const { assessed, position } = await this.assessor.treaty(rules, resolveCut(asked, todayOf(this.clock)), { explain: true });
    const found = assessed
      .flatMap(([iso3, { obligations }]) => obligations.filter((one) => matches(filter, iso3, one)).map((one) => ({ key: keyOf(iso3, one), item: { iso3, ...one } })))
      .filter(({ key }) => after === null || key > String(after))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const limit = page.limit ?? MOST_ITEMS;
    const shown = found.slice(0, limit);
    return { items: shown.map(({ item }) => item), next: found.length > limit ? cursorFrom([shown.at(-1)?.key ?? '']) : null, position };
  }
}

/** The order of the list; `9` sorts behind every date. */
const keyOf = (iso3: string, { dueOn, article, kind, year }: Obligation): string => `${dueOn ?? '9'} ${iso3} ${String(article).padStart(2, '0')} ${kind} ${year ?? ''}`;

const matches = (filter: ObligationFilter, iso3: string, one: Obligation): boolean =>
  (filter.iso3 === undefined || iso3 === filter.iso3) &&
  (filter.article === undefined || one.article === filter.article) &&
  (filter.kind === undefined || one.kind === filter.kind) &&
  (filter.status === undefined || one.status === filter.status) &&
  (filter.theme === undefined || one.theme === filter.theme) &&
  (filter.dueFrom === undefined || (one.dueOn !== null && one.dueOn >= filter.dueFrom)) &&
  (filter.dueTo === undefined || (one.dueOn !== null && one.dueOn <= filter.dueTo));
