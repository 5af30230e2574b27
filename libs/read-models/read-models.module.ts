import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import { DATABASE } from '#platform';
import { DossierReader } from './dossiers/reader.js';
import { HistoryReader } from './history/reader.js';
import { Assessor } from './queries/assessor.js';
import { GetBoardHandler } from './queries/get-board.js';
import { GetFactHandler } from './queries/get-fact.js';
import { GetHistoryHandler } from './queries/get-history.js';
import { GetStateHandler } from './queries/get-state.js';
import { GetStatisticsHandler } from './queries/get-statistics.js';
import { ListDiscrepanciesHandler } from './queries/list-discrepancies.js';
import { ListMeetingsHandler } from './queries/list-meetings.js';
import { ListObligationsHandler } from './queries/list-obligations.js';
import { ListStatesHandler } from './queries/list-states.js';
import { ASSESSOR, DOSSIER_READER, HISTORY_READER } from './tokens.js';

/** The way out. Needs a database and a clock from whoever composes the process. */
@Module({
  imports: [CqrsModule],
  providers: [
    { provide: DOSSIER_READER, inject: [DATABASE], useFactory: (pool: Pool) => new DossierReader(pool) },
    { provide: HISTORY_READER, inject: [DATABASE], useFactory: (pool: Pool) => new HistoryReader(pool) },
    { provide: ASSESSOR, inject: [DOSSIER_READER], useFactory: (reader: DossierReader) => new Assessor(reader) },
    GetBoardHandler, GetFactHandler, GetHistoryHandler, GetStateHandler, GetStatisticsHandler, ListDiscrepanciesHandler, ListMeetingsHandler, ListObligationsHandler, ListStatesHandler,
  ],
  exports: [CqrsModule],
})
export class ReadModelsModule {}
