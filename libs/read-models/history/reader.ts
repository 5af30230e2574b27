import type { Pool } from 'pg';
import type { AnyFactType, Cut } from '#treaty';
import { SERVING } from '../projector/schema.js';

/** One fact of the record as an auditor sees it. */
export interface HistoryItem {
  id: string;
  position: number;
  revision: number;
  /** `dossier` (of a State), `meeting`, or `record` (about the record itself). */
  about: string;
  /** The State of a dossier. */
  iso3?: string;
  meeting?: string;
  type: AnyFactType;
  effectiveOn: string | null;
  /** The latest day on which it is known to have happened, where its own date is missing or coarse. */
  knownBy?: string;
  knownOn: string;
  recordedAt: string;
  actor: string;
  source: object;
  note: string | null;
  data: object;
  /** Id of the correction or retraction that has overtaken it, as far as that was known at the cut. */
  supersededBy?: string;
}

export interface HistoryFilter {
  /** Whose history; of everything unless given. */
  iso3?: string;
  types?: readonly string[];
}

export class HistoryReader {
  constructor(private readonly pool: Pool) {}

  /** The facts that count at a cut, by position after `after` (before it where the newest come first). */
  async page(treaty: string, filter: HistoryFilter, cut: Cut, { after, limit, newestFirst }: { after: number | null; limit: number; newestFirst: boolean }): Promise<HistoryItem[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT fact.position, fact.kind, fact.subject, fact.revision, fact.id, fact.type, fact.effective_on, fact.known_by::text, fact.known_on,
              fact.recorded_at, fact.data, fact.metadata, amendment.id AS superseded_by
       FROM ${SERVING}.history AS fact
       LEFT JOIN ${SERVING}.history AS amendment
         ON amendment.id = fact.superseded_by AND amendment.treaty = fact.treaty AND amendment.known_on <= $3 AND amendment.recorded_at <= $4
       WHERE fact.treaty = $1 AND fact.counts_on <= $2 AND fact.known_on <= $3 AND fact.recorded_at <= $4
         ${filter.iso3 === undefined ? 'AND $5::text IS NULL' : "AND fact.kind = 'dossier' AND fact.subject = $5"}
         AND ($6::text[] IS NULL OR fact.type = ANY($6))
         AND ($7::bigint IS NULL OR fact.position ${newestFirst ? '<' : '>'} $7)
       ORDER BY fact.position ${newestFirst ? 'DESC' : ''} LIMIT $8`,
      [treaty, cut.asAt, cut.knownOn, cut.recordedBy, filter.iso3 ?? null, filter.types ?? null, after, limit],
    );
    return rows.map(itemOf);
  }
}

interface Row {
  position: string;
  kind: string;
  subject: string;
  revision: number;
  id: string;
  type: AnyFactType;
  effective_on: string | null;
  known_by: string | null;
  known_on: string;
  recorded_at: Date;
  data: object;
  metadata: { actor: string; source: object; note?: string };
  superseded_by: string | null;
}

const itemOf = (row: Row): HistoryItem => ({
  id: row.id,
  position: Number(row.position),
  revision: row.revision,
  about: row.kind,
  ...(row.kind === 'dossier' ? { iso3: row.subject } : {}),
  ...(row.kind === 'meeting' ? { meeting: row.subject } : {}),
  type: row.type,
  effectiveOn: row.effective_on,
  ...(row.known_by === null ? {} : { knownBy: row.known_by }),
  knownOn: row.known_on,
  recordedAt: row.recorded_at.toISOString(),
  actor: row.metadata.actor,
  source: row.metadata.source,
  note: row.metadata.note ?? null,
  data: row.data,
  ...(row.superseded_by === null ? {} : { supersededBy: row.superseded_by }),
});
