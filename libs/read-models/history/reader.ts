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

  /** The facts that count at a cut, by position after `after` (before it where the newest come first), and where the log stood. */
  async page(treaty: string, filter: HistoryFilter, cut: Cut, { after, limit, newestFirst }: { after: number | null; limit: number; newestFirst: boolean }): Promise<{ items: HistoryItem[]; position: number }> {
    const ofState = filter.iso3 !== undefined;
    const { rows } = await this.pool.query<Row | { cursor: string; position: null }>({
      name: `history ${ofState} ${newestFirst}`,
      text: `SELECT cursor.position AS cursor, page.* FROM ${SERVING}.cursor LEFT JOIN LATERAL (
       SELECT fact.position, fact.kind, fact.subject, fact.revision, fact.id, fact.type, fact.effective_on, fact.known_by::text, fact.known_on,
              fact.recorded_at, fact.data, fact.metadata, amendment.id AS superseded_by
       FROM ${SERVING}.history AS fact
       LEFT JOIN LATERAL (
         SELECT later.id FROM ${SERVING}.history AS later
         WHERE fact.superseded_by IS NOT NULL AND later.treaty = fact.treaty AND later.kind = 'dossier' AND later.subject = fact.subject
           AND later.type IN ('fact-corrected', 'fact-retracted') AND later.data ->> 'fact' = fact.id::text
           AND later.known_on <= $3 AND later.recorded_at <= $4
         ORDER BY later.position DESC LIMIT 1
       ) AS amendment ON true
       WHERE fact.treaty = $1 AND fact.counts_on <= $2 AND fact.known_on <= $3 AND fact.recorded_at <= $4
         ${ofState ? "AND fact.kind = 'dossier' AND fact.subject = $5" : 'AND $5::text IS NULL'}
         AND ($6::text[] IS NULL OR fact.type = ANY($6))
         AND fact.position ${newestFirst ? '<' : '>'} $7
       ORDER BY fact.position ${newestFirst ? 'DESC' : ''} LIMIT $8) AS page ON true`,
      values: [treaty, cut.asAt, cut.knownOn, cut.recordedBy, filter.iso3 ?? null, filter.types ?? null, after ?? (newestFirst ? Number.MAX_SAFE_INTEGER : 0), limit],
    });
    return { items: rows.filter((row): row is Row => row.position !== null).map(itemOf), position: Number(rows[0]?.cursor ?? 0) };
  }
}

interface Row {
  cursor: string;
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
