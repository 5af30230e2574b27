import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#access';
import type { Notices, Run } from '#notices';
import { Problem } from '#platform';
import type { TreatyRules } from '#treaty';
import { NOTICES } from '../../ground/index.js';
import { Asker } from '../access/permission.decorator.js';
import { DayPipe, TreatyPipe } from '../http/params.js';
import { type CorrespondenceItem, itemOf } from './correspondence-item.js';
import { HELD_RUN_EXAMPLE, RELEASED_RUN_EXAMPLE, RUN_EXAMPLE, RUNS_EXAMPLE, SKIPPED_EXAMPLE } from './examples-of-holds.js';
import { ForKeys } from './for-keys.decorator.js';
import { answerOf, type HoldAnswer } from './hold-view.js';
import { DEFAULT_MESSAGES, RunsQuery } from './queries.js';
import { ReasonBody, ReleaseBody } from './reasons.js';

interface RunView extends Omit<Run, 'hold'> {
  hold: { reason: string; since: string; by: string } | null;
}

/** A run: all messages of a treaty of one day. */
@ApiTags('Letters')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/runs')
@ForKeys('correspond')
export class RunsController {
  constructor(@Inject(NOTICES) private readonly notices: Notices) {}

  @Get()
  @ApiOperation({ summary: 'Runs (all messages of one day), how many messages of each are where, and which are on hold; newest first' })
  @ApiOkResponse({ example: RUNS_EXAMPLE })
  async list(@Param('treaty', TreatyPipe) rules: TreatyRules, @Query() { limit = DEFAULT_MESSAGES }: RunsQuery): Promise<{ items: RunView[] }> {
    return { items: (await this.notices.holds.runs(rules.id, { limit })).map(viewOf) };
  }

  @Get(':on')
  @ApiOperation({ summary: 'One run with its messages' })
  @ApiParam({ name: 'on', type: String, example: '2027-02-01' })
  @ApiOkResponse({ example: RUN_EXAMPLE })
  async run(@Param('treaty', TreatyPipe) rules: TreatyRules, @Param('on', DayPipe) on: string, @Query() { limit = DEFAULT_MESSAGES }: RunsQuery): Promise<RunView & { items: CorrespondenceItem[] }> {
    const [run] = await this.notices.holds.runs(rules.id, { on, limit: 1 });
    if (!run) throw new Problem(404, 'no-such-run', `No messages were planned for ${on}. GET /v1/treaties/${rules.id}/runs lists the days that have some.`);
    return { ...viewOf(run), items: (await this.notices.outbox.list({ treaty: rules.id, on, limit })).map((row) => itemOf(row, row.about)) };
  }

  @Post(':on/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hold a whole run', description: 'Messages of it may be released one by one, or with the run. Also for a day that is yet to come.' })
  @ApiParam({ name: 'on', type: String, example: '2027-02-01' })
  @ApiOkResponse({ example: HELD_RUN_EXAMPLE })
  async hold(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('on', DayPipe) on: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.hold({ treaty, on }, { actor, reason }));
  }

  @Post(':on/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a run go: one that was held, or that had more messages than a run may have', description: 'What was held one by one, or with its State, stays so.' })
  @ApiParam({ name: 'on', type: String, example: '2027-02-01' })
  @ApiOkResponse({ example: RELEASED_RUN_EXAMPLE })
  async release(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('on', DayPipe) on: string, @Body() { reason }: ReleaseBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.release({ treaty, on }, { actor, reason: reason ?? null }));
  }

  @Post(':on/skip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Do not send what has not gone yet of a run' })
  @ApiParam({ name: 'on', type: String, example: '2027-02-01' })
  @ApiOkResponse({ example: SKIPPED_EXAMPLE })
  async skip(@Param('treaty', TreatyPipe) { id: treaty }: TreatyRules, @Param('on', DayPipe) on: string, @Body() { reason }: ReasonBody, @Asker() { actor }: Principal): Promise<HoldAnswer> {
    return answerOf(await this.notices.holds.skip({ treaty, on }, { actor, reason }));
  }
}

const viewOf = ({ hold, ...run }: Run): RunView => ({ ...run, hold: hold && { ...hold, since: hold.since.toISOString() } });
