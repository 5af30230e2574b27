export { refuseOldServer, UnfitDatabase } from './fit.js';
export { migrate } from './migrate.js';
export { openPool, type PoolOptions } from './pool.js';
export { createScratchDatabase, type ScratchDatabase } from './scratch-database.js';
export { inTransaction } from './transaction.js';
export { backoff, isTransient, TIME_LIMIT, withRetries } from './transient.js';
export { DATABASE } from './token.js';
