import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { Problem } from '#platform';
import { GetHistory, ListObligations, ListStates, MOST_ITEMS, type Page } from '#read-models';
import type { TreatyRules } from '#treaty';
import { Allow } from '../access/permission.decorator.js';
import { TreatyPipe } from '../http/params.js';
import { CutQuery } from '../http/queries.js';

type PageOf = (cursor: string | undefined) => Promise<Page<object>>;

@ApiTags('Exports')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/exports')
@Allow('read')
export class ExportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':file')
  @ApiOperation({ summary: 'Everything of one kind as a file: states, obligations or history, as .csv or .jsonl' })
  @ApiParam({ name: 'file', enum: ['states.csv', 'states.jsonl', 'obligations.csv', 'obligations.jsonl', 'history.csv', 'history.jsonl'] })
  @ApiOkResponse({ description: 'One row, or one JSON object a line, for each.', content: { 'text/csv': {}, 'application/jsonl': {} } })
  async file(@Param('treaty', TreatyPipe) rules: TreatyRules, @Param('file') file: string, @Query() asked: CutQuery, @Res() reply: FastifyReply): Promise<void> {
    const [, what, format] = /^(states|obligations|history)\.(csv|jsonl)$/.exec(file) ?? [];
    if (!what || !format) throw new Problem(404, 'no-such-export', 'There are states, obligations and history, each as .csv and .jsonl.');
    const pageOf = this.pages(rules, what, asked);
    // The first page is asked for before anything is sent, so that what goes wrong is still answered as a problem.
    const first = await pageOf(undefined);
    const rows = Readable.from(rowsOf(first, pageOf));
    const body = format === 'csv' ? rows.map(flat).pipe(stringify({ header: true, columns: COLUMNS[what] ?? [], escape_formulas: true, record_delimiter: '\r\n' })) : rows.map((row: object) => `${JSON.stringify(row)}\n`);
    await reply
      .header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="${rules.id}-${file}"`)
      .send(body);
  }

  private pages(rules: TreatyRules, what: string, asked: CutQuery): PageOf {
    const page = (cursor: string | undefined) => ({ limit: MOST_ITEMS, ...(cursor === undefined ? {} : { cursor }) });
    switch (what) {
      case 'states':
        return () => this.queries.execute(new ListStates(rules, asked));
      case 'obligations':
        return (cursor) => this.queries.execute(new ListObligations(rules, asked, {}, page(cursor)));
      default:
        return (cursor) => this.queries.execute(new GetHistory(rules, asked, {}, page(cursor)));
    }
  }
}

async function* rowsOf(first: Page<object>, pageOf: PageOf): AsyncGenerator<object> {
  for (let page = first; ; page = await pageOf(page.next)) {
    yield* page.items;
    if (page.next === null) return;
  }
}

const COLUMNS: Readonly<Record<string, string[]>> = {
  states: ['iso3', 'status', 'signedOn', 'depositedOn', 'instrument', 'inForceOn', 'provisionallyApplying', 'withdrawalNotifiedOn', 'withdrawalTakesEffectOn'],
  obligations: ['iso3', 'article', 'kind', 'year', 'theme', 'citation', 'dueOn', 'status', 'extended', 'metOn', 'metBy', 'derivation'],
  history: ['position', 'id', 'about', 'iso3', 'meeting', 'revision', 'type', 'effectiveOn', 'knownBy', 'knownOn', 'recordedAt', 'actor', 'source', 'note', 'data', 'supersededBy'],
};

/** What has parts becomes one cell: steps of a derivation in a row, anything else as JSON. */
const flat = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([column, value]: [string, unknown]) => [column, Array.isArray(value) ? value.join('; ') : typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? String(value) : value]));
