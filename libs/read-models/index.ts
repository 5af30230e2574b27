/** What is read: tables that follow the log, and the questions that are answered from them. */
export type { HistoryItem } from './history/reader.js';
export { waitForPosition } from './projector/freshness.js';
export { cursorOf, Projector } from './projector/projector.js';
export { rebuild } from './projector/rebuild.js';
export { createSchema, SERVING } from './projector/schema.js';
export type { AskedCut } from './queries/cut.js';
export { type BoardView, GetBoard } from './queries/get-board.js';
export { GetFact } from './queries/get-fact.js';
export { GetHistory } from './queries/get-history.js';
export { GetState, type StateView } from './queries/get-state.js';
export { GetStatistics } from './queries/get-statistics.js';
export { type Discrepancy, ListDiscrepancies } from './queries/list-discrepancies.js';
export { ListMeetings } from './queries/list-meetings.js';
export { type ListedObligation, ListObligations, type ObligationFilter } from './queries/list-obligations.js';
export { ListStates } from './queries/list-states.js';
export { type AskedPage, DEFAULT_LIMIT, MOST_ITEMS, type Page } from './queries/page.js';
export { ReadModelsModule } from './read-models.module.js';
