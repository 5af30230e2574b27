import type { PoolClient } from 'pg';
import type { RecordedEvent } from '#event-log';
import { parseStream, type StreamName } from '#treaty';
import { projectDossiers } from '../dossiers/project.js';
import { projectHistory } from '../history/project.js';
import { projectRecords } from '../records/project.js';

/** An event of a treaty's own streams, with what its stream is about. */
export interface TreatyEvent extends RecordedEvent {
  about: StreamName;
}

/**
 * Takes a batch of the log into the tables of a schema and moves the cursor, in the caller's transaction. Events that
 * the cursor has passed already are left out, so a batch that comes twice, or to two processes, is taken in once.
 */
export const project = async (client: PoolClient, schema: string, events: readonly RecordedEvent[], position: number): Promise<void> => {
  const { rows } = await client.query<{ position: string }>(`SELECT position FROM ${schema}.cursor FOR UPDATE`);
  const cursor = Number(rows[0]?.position ?? 0);
  if (position <= cursor) return;
  const fresh = events.flatMap((event): TreatyEvent[] => {
    const about = event.position > cursor ? parseStream(event.stream) : null;
    return about ? [{ ...event, about }] : [];
  });
  if (fresh.length > 0) {
    await projectDossiers(client, schema, fresh);
    await projectRecords(client, schema, fresh);
    await projectHistory(client, schema, fresh);
  }
  await client.query(`UPDATE ${schema}.cursor SET position = $1`, [position]);
};
