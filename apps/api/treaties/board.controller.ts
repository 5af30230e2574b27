import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type BoardView, GetBoard, GetHistory, GetStatistics, type HistoryItem, ListDiscrepancies, ListMeetings, ListObligations, type ListedObligation, type Page } from '#read-models';
import { plus, type TreatyRules } from '#treaty';
import { CLOCK, type Clock, Problem, todayOf } from '#platform';
import { Inject } from '@nestjs/common';
import { Allow } from '../access/permission.decorator.js';
import { TreatyPipe } from '../http/params.js';
import { BoardQuery, CutQuery, DeadlinesQuery, HistoryQuery, ObligationsQuery, StatisticsQuery } from '../http/queries.js';
import { BOARD_EXAMPLE, DEADLINES_EXAMPLE, DISCREPANCIES_EXAMPLE, HISTORY_EXAMPLE, MEETINGS_EXAMPLE, STATISTICS_EXAMPLE } from './examples.js';

@ApiTags('A treaty as a whole')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty')
@Allow('read')
export class BoardController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('status')
  @ApiOperation({ summary: 'Status board: how many are bound, what is owed and done, and the States behind each number' })
  @ApiOkResponse({ example: BOARD_EXAMPLE })
  board(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() { theme, byYear, ...asked }: BoardQuery): Promise<BoardView> {
    return this.queries.execute(new GetBoard(rules, asked, { theme, byYear }));
  }

  @Get('obligations')
  @ApiOperation({ summary: 'Obligations of all States, by due date' })
  @ApiOkResponse({ example: DEADLINES_EXAMPLE })
  obligations(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: ObligationsQuery): Promise<Page<ListedObligation>> {
    const { iso3, article, kind, status, theme, dueFrom, dueTo } = query;
    return this.queries.execute(new ListObligations(rules, query, { iso3, article, kind, status, theme, dueFrom, dueTo }, query));
  }

  @Get('deadlines')
  @ApiOperation({ summary: 'What falls due in a period, both days included' })
  @ApiOkResponse({ example: DEADLINES_EXAMPLE })
  deadlines(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: DeadlinesQuery): Promise<Page<ListedObligation>> {
    const dueFrom = query.from ?? todayOf(this.clock);
    const dueTo = query.to ?? plus(dueFrom, { years: 1 });
    if (dueTo < dueFrom) throw new Problem(400, 'invalid-input', `The period would end (to: ${dueTo}) before it begins (from: ${dueFrom}).`);
    return this.queries.execute(new ListObligations(rules, query, { dueFrom, dueTo, kind: query.kind, iso3: query.iso3 }, query));
  }

  @Get('history')
  @ApiOperation({ summary: 'Everything on record, in the order of recording: what happened, by whom recorded, from which document' })
  @ApiOkResponse({ example: HISTORY_EXAMPLE })
  history(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: HistoryQuery): Promise<Page<HistoryItem>> {
    return this.queries.execute(new GetHistory(rules, query, query.type === undefined ? {} : { types: [query.type] }, query));
  }

  @Get('meetings')
  @ApiOperation({ summary: 'Meetings, by the schedule known on the day' })
  @ApiOkResponse({ example: MEETINGS_EXAMPLE })
  meetings(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: CutQuery): Promise<object> {
    return this.queries.execute(new ListMeetings(rules, query));
  }

  @Get('statistics')
  @ApiOperation({ summary: 'One calendar year: who joined, reports owed, submitted and on time, completions, extensions' })
  @ApiOkResponse({ example: STATISTICS_EXAMPLE })
  statistics(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() { year, ...asked }: StatisticsQuery): Promise<object> {
    return this.queries.execute(new GetStatistics(rules, year ?? Number((asked.asAt ?? todayOf(this.clock)).slice(0, 4)), asked));
  }

  @Get('discrepancies')
  @ApiOperation({ summary: 'Where a source says something else than we compute or keep' })
  @ApiOkResponse({ example: DISCREPANCIES_EXAMPLE })
  discrepancies(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() query: CutQuery): Promise<object> {
    return this.queries.execute(new ListDiscrepancies(rules, query));
  }
}
