export * from './port.js';
export { openPostgresEventLog, type PostgresEventLogOptions } from './postgres/postgres-event-log.js';
export { type Landmark, OtherEventLog, whereIs } from './landmark.js';
export { openEventLog } from './open-event-log.js';
export { UnfitEventLog } from './kurrentdb/fit.js';
export { copyOf } from './memory/copy-of.js';
export { InMemoryEventLog } from './memory/in-memory-event-log.js';
export { copyLog, CopyRefused, type Copied } from './copy-log.js';
