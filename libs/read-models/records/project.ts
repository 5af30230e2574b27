import type { PoolClient } from 'pg';
import { shapesRecord } from '#treaty';
import type { TreatyEvent } from '../projector/project.js';
import type { RecordEvent } from './record-event.js';

/** Appends to each treaty's row what says something of the treaty as a whole. */
export const projectRecords = async (client: PoolClient, schema: string, events: readonly TreatyEvent[]): Promise<void> => {
  const rows = new Map<string, { version: number; events: string[] }>();
  for (const event of events) {
    const { kind, treaty, of } = event.about;
    if (!shapesRecord(event.about, event)) continue;
    const row = rows.get(treaty) ?? { version: 0, events: [] };
    rows.set(treaty, row);
    row.version = event.position;
    const { id, type, data, recordedAt } = event;
    row.events.push(JSON.stringify([kind, of, { id, type, data, recordedAt }] satisfies RecordEvent));
  }
  if (rows.size === 0) return;
  const all = [...rows];
  await client.query(
    `INSERT INTO ${schema}.records AS before (treaty, version, events)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])
     ON CONFLICT (treaty) DO UPDATE SET version = excluded.version, events = before.events || ',' || excluded.events`,
    [all.map(([treaty]) => treaty), all.map(([, { version }]) => version), all.map(([, row]) => row.events.join(','))],
  );
};
