import type { Pool } from 'pg';
import { type EventLog, type Landmark, OtherEventLog, whereIs } from '#event-log';
import { streamOf, type StreamName } from '#treaty';
import { SERVING } from './schema.js';

/** Whether the tables were made from this log, as far as their newest fact can tell. */
export const stemsFrom = async (pool: Pool, log: EventLog, schema: string): Promise<'this log' | 'a log that was copied to this one' | 'another log'> => {
  const newest = await newestFact(pool, schema);
  if (!newest) return 'this log';
  const position = await whereIs(log, newest);
  if (position === null) return 'another log';
  return position === newest.position ? 'this log' : 'a log that was copied to this one';
};

/** @throws {OtherEventLog} with what to do */
export const refuseReadModelsOfOtherLog = async (pool: Pool, log: EventLog): Promise<void> => {
  switch (await stemsFrom(pool, log, SERVING)) {
    case 'this log': return;
    case 'a log that was copied to this one':
      throw new OtherEventLog('The event log was moved, and the read models name places of the former one: npm run pacta -- rebuild, then start again.');
    case 'another log':
      throw new OtherEventLog('The newest fact that this database knows is not in the event log. Is EVENT_LOG_URL the log that belongs to this DATABASE_URL? If the log is an older state of it, brought back from a backup: npm run pacta -- rebuild, then npm run pacta -- restored (docs/operations.md).');
  }
};

const newestFact = async (pool: Pool, schema: string): Promise<Landmark | null> => {
  const { rows: [row] } = await pool.query<StreamName & { revision: number; id: string; position: string }>(`SELECT kind, treaty, subject AS of, revision, id, position FROM ${schema}.history ORDER BY position DESC LIMIT 1`);
  return row ? { stream: streamOf(row), revision: row.revision, id: row.id, position: Number(row.position) } : null;
};
