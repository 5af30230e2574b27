/** What everything stands on: settings, time, database, problems. It knows nothing of treaties. */
export * from './config/settings.js';
export * from './database/index.js';
export * from './lease/lease.js';
export * from './problems/problem.js';
export * from './telemetry/logger.js';
export * from './telemetry/metrics.js';
export { correlationOf, parentFrom } from './telemetry/tracing/correlation.js';
export { startTracing } from './telemetry/tracing/start-tracing.js';
export { inSpan, isTracing, startRequest, tellStep } from './telemetry/tracing/tracing.js';
export * from './time/clock.js';
