import type { Pool } from 'pg';
import { type AnyFact, emptyRecord, foldRecord, type TreatyRecord } from '#treaty';
import { SERVING } from '../projector/schema.js';
import type { RecordEvent } from '../records/record-event.js';
import { type FactInRow, factsOfRow } from './row-text.js';

interface ReadDossier {
  facts: AnyFact[];
  /** −1 for a State of which nothing is on record. */
  revision: number;
}

/** One State's facts, the treaty's record, and the position that both stand at. */
export interface ReadState extends ReadDossier {
  record: TreatyRecord;
  position: number;
}

export interface ReadTreaty {
  dossiers: Map<string, ReadDossier>;
  record: TreatyRecord;
  position: number;
}

/** Reads dossiers for assessing. What is known of a treaty as a whole changes seldom and is kept between questions. */
export class DossierReader {
  private readonly records = new Map<string, { version: number; record: TreatyRecord }>();

  constructor(private readonly pool: Pool) {}

  async state(treaty: string, iso3: string): Promise<ReadState> {
    const { rows } = await this.pool.query<{ facts: string | null; revision: number | null; position: string; version: string | null }>({ name: 'state', text: STATE, values: [treaty, iso3] });
    const row = rows[0];
    return {
      ...dossierOf(row?.facts ?? null, row?.revision ?? null),
      record: await this.record(treaty, Number(row?.version ?? 0)),
      position: Number(row?.position ?? 0),
    };
  }

  async treaty(treaty: string): Promise<ReadTreaty> {
    const { rows } = await this.pool.query<{ dossiers: string | null; position: string; version: string | null }>({ name: 'treaty', text: TREATY, values: [treaty] });
    const [first] = rows;
    const dossiers = rows.flatMap(({ dossiers }) => JSON.parse(`[${dossiers ?? ''}]`) as [state: string, revision: number, facts: FactInRow[]][]);
    return {
      dossiers: new Map(dossiers.map(([state, revision, facts]) => [state, { facts: factsOfRow(facts), revision }])),
      record: await this.record(treaty, Number(first?.version ?? 0)),
      position: Number(first?.position ?? 0),
    };
  }

  /** `version`: position of the newest event that shapes it. */
  private async record(treaty: string, version: number): Promise<TreatyRecord> {
    const kept = this.records.get(treaty);
    if (kept?.version === version) return kept.record;
    const { rows } = await this.pool.query<{ version: string; events: string }>(RECORD, [treaty]);
    const record = emptyRecord();
    for (const [kind, of, event] of JSON.parse(`[${rows[0]?.events ?? ''}]`) as RecordEvent[]) foldRecord(record, { kind, treaty, of }, event);
    this.records.delete(treaty);
    this.records.set(treaty, { version: Number(rows[0]?.version ?? 0), record });
    if (this.records.size > MOST_RECORDS) this.records.delete(this.records.keys().next().value as string);
    return record;
  }
}

/** Some 70 kB each for a treaty of two hundred States. */
const MOST_RECORDS = 700;

const dossierOf = (facts: string | null, revision: number | null): ReadDossier => ({
  facts: facts === null ? [] : factsOfRow(JSON.parse(`[${facts}]`) as FactInRow[]),
  revision: revision ?? -1,
});

const STATE = `
  SELECT dossier.facts, dossier.revision, cursor.position, record.version
  FROM ${SERVING}.cursor
  LEFT JOIN ${SERVING}.dossiers AS dossier ON dossier.treaty = $1 AND dossier.state = $2
  LEFT JOIN ${SERVING}.records AS record ON record.treaty = $1`;

/**
 * Many States in one row. Hundreds of rows of some kilobytes come over a local TCP connection with now and then a pause
 * of 20 to 50 ms, while the receiver's window is shut; a few large ones were never seen to. All in one row would be a
 * string so long that only the slow kind of garbage collection takes it away (docs/load.md).
 */
const STATES_A_ROW = 64;
const TREATY = `
  SELECT cursor.position, record.version, part.dossiers
  FROM ${SERVING}.cursor
  LEFT JOIN ${SERVING}.records AS record ON record.treaty = $1
  LEFT JOIN (
    SELECT part, string_agg('["' || state || '",' || revision || ',[' || facts || ']]', ',' ORDER BY state COLLATE "C") AS dossiers
    FROM (SELECT *, (row_number() OVER (ORDER BY state COLLATE "C") - 1) / ${STATES_A_ROW} AS part FROM ${SERVING}.dossiers WHERE treaty = $1) AS dossier
    GROUP BY part
  ) AS part ON true
  ORDER BY part.part`;

const RECORD = `SELECT version, events FROM ${SERVING}.records WHERE treaty = $1`;
