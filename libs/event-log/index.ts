export * from './port.js';
export { openPostgresEventLog, type AppendedBatch, type PostgresEventLogOptions } from './postgres/postgres-event-log.js';
