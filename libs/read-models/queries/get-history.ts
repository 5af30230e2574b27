import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock, todayOf } from '#platform';
import type { TreatyRules } from '#treaty';
import type { HistoryFilter, HistoryItem, HistoryReader } from '../history/reader.js';
import { HISTORY_READER } from '../tokens.js';
import { type AskedCut, resolveCut } from './cut.js';
import { type AskedPage, cursorFrom, DEFAULT_LIMIT, type Page, placeOf } from './page.js';

/** What happened, recorded by whom, from which document: of one State, or of everything. */
export class GetHistory extends Query<Page<HistoryItem>> {
  constructor(
    readonly rules: TreatyRules,
    readonly asked: AskedCut,
    readonly filter: HistoryFilter,
    readonly page: AskedPage & { newestFirst?: boolean },
  ) {
    super();
  }
}

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory> {
  constructor(
    @Inject(HISTORY_READER) private readonly reader: HistoryReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ rules, asked, filter, page }: GetHistory): Promise<Page<HistoryItem>> {
    const after = page.cursor === undefined ? null : Number(placeOf(page.cursor, 1)[0]);
    const limit = page.limit ?? DEFAULT_LIMIT;
    const { items: found, position } = await this.reader.page(rules.id, filter, resolveCut(asked, todayOf(this.clock)), { after, limit: limit + 1, newestFirst: page.newestFirst ?? false });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? cursorFrom([items.at(-1)?.position ?? 0]) : null, position };
  }
}
