import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Notices, pageOfTasks, type TaskPage } from '#notices';
import { NOTICES } from '../../ground/index.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { TASKS_EXAMPLE } from './examples-of-holds.js';
import { ForKeys } from './for-keys.decorator.js';
import { TasksQuery } from './queries.js';

@ApiTags('Tasks')
@Controller('v1/tasks')
@ForKeys('correspond')
export class TasksController {
  constructor(
    @Inject(NOTICES) private readonly notices: Notices,
    @Inject(TreatyPipe) private readonly treaties: TreatyPipe,
    @Inject(StatePipe) private readonly states: StatePipe,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What waits for a registrar: the most urgent kind first, and of one kind the oldest',
    description: 'Tasks are found from their causes each time they are asked for: each ends when its cause is gone. Tasks about contacts concern every treaty and have none; a treaty’s list holds them too.',
  })
  @ApiOkResponse({ example: TASKS_EXAMPLE })
  async list(@Query() { treaty, iso3, kind, ...page }: TasksQuery): Promise<TaskPage> {
    const filter = {
      ...(treaty === undefined ? {} : { treaty: this.treaties.transform(treaty).id }), ...(iso3 === undefined ? {} : { iso3: this.states.transform(iso3) }), ...(kind === undefined ? {} : { kind }),
    };
    return pageOfTasks(await this.notices.tasks.list(filter), page);
  }
}
