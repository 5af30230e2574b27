/** What everything stands on: settings, time, database, problems. It knows nothing of treaties. */
export * from './config/settings.js';
export * from './database/index.js';
export * from './lease/lease.js';
export * from './problems/problem.js';
export * from './telemetry/logger.js';
export * from './telemetry/metrics.js';
export * from './time/clock.js';
