export * from './port.js';
export { openPostgresEventLog, type AppendedBatch, type PostgresEventLogOptions } from './postgres/postgres-event-log.js';
export { copyOf } from './memory/copy-of.js';
export { InMemoryEventLog } from './memory/in-memory-event-log.js';
