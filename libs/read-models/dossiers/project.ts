import type { PoolClient } from 'pg';
import { readFact } from '#treaty';
import type { TreatyEvent } from '../projector/project.js';
import { factToRow } from './row-text.js';

/** Appends each State's new facts to its row. */
export const projectDossiers = async (client: PoolClient, schema: string, events: readonly TreatyEvent[]): Promise<void> => {
  const rows = new Map<string, { treaty: string; state: string; revision: number; facts: string[] }>();
  for (const event of events) {
    const { kind, treaty, of: state } = event.about;
    if (kind !== 'dossier') continue;
    const row = rows.get(event.stream) ?? { treaty, state, revision: event.revision, facts: [] };
    rows.set(event.stream, row);
    row.revision = event.revision;
    row.facts.push(factToRow(readFact(event)));
  }
  if (rows.size === 0) return;
  const all = [...rows.values()];
  await client.query(
    `INSERT INTO ${schema}.dossiers AS before (treaty, state, revision, facts)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[])
     ON CONFLICT (treaty, state) DO UPDATE SET revision = excluded.revision, facts = before.facts || ',' || excluded.facts`,
    [all.map(({ treaty }) => treaty), all.map(({ state }) => state), all.map(({ revision }) => revision), all.map(({ facts }) => facts.join(','))],
  );
};
