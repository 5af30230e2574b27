import type { PoolClient } from 'pg';
import { type AnyFact, daysOf, earlier, readFact } from '#treaty';
import type { TreatyEvent } from '../projector/project.js';

/** Writes every fact with its provenance, and marks what a correction or retraction has overtaken. */
export const projectHistory = async (client: PoolClient, schema: string, events: readonly TreatyEvent[]): Promise<void> => {
  const rows: Row[] = events.map((event) => ({ event, fact: readFact(event) }));
  await client.query(
    `INSERT INTO ${schema}.history (position, treaty, kind, subject, revision, id, type, effective_on, known_by, known_on, counts_on, recorded_at, data, metadata)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::date[], $10::text[], $11::text[], $12::timestamptz[], $13::json[], $14::json[])`,
    [
      rows.map(({ event }) => event.position),
      rows.map(({ event }) => event.about.treaty),
      rows.map(({ event }) => event.about.kind),
      rows.map(({ event }) => event.about.of),
      rows.map(({ event }) => event.revision),
      rows.map(({ event }) => event.id),
      rows.map(({ fact }) => fact.type),
      rows.map(({ fact }) => fact.effectiveOn),
      rows.map(({ fact }) => fact.knownBy),
      rows.map(({ fact }) => fact.knownOn),
      rows.map(({ fact }) => countsOn(fact)),
      rows.map(({ event }) => event.recordedAt),
      rows.map(({ fact }) => JSON.stringify(fact.data)),
      rows.map(({ event }) => JSON.stringify(event.metadata)),
    ],
  );
  const amendments = amendmentsAmong(rows);
  if (amendments.length === 0) return;
  await client.query(
    `UPDATE ${schema}.history AS earlier SET superseded_by = amendment.by
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS amendment (by, fact, treaty, subject)
     WHERE earlier.id = amendment.fact AND earlier.treaty = amendment.treaty AND earlier.subject = amendment.subject`,
    [amendments.map(({ by }) => by), amendments.map(({ fact }) => fact), amendments.map(({ event }) => event.about.treaty), amendments.map(({ event }) => event.about.of)],
  );
};

interface Row {
  event: TreatyEvent;
  fact: AnyFact;
}

/** The last one of each fact only: of several rows that an UPDATE could take, PostgreSQL takes any. */
const amendmentsAmong = (rows: readonly Row[]): { by: string; fact: string; event: TreatyEvent }[] => {
  const last = new Map<string, { by: string; fact: string; event: TreatyEvent }>();
  for (const { event, fact } of rows) {
    if (fact.type === 'fact-corrected' || fact.type === 'fact-retracted') last.set(`${event.stream}\n${fact.data.fact}`, { by: event.id, fact: fact.data.fact, event });
  }
  return [...last.values()];
};

/** The last day on which it can have happened; what was known of a coarse date's event on a day had happened by then. */
const countsOn = (fact: AnyFact): string => {
  if (fact.type === 'fact-corrected' || fact.type === 'fact-retracted' || !fact.effectiveOn) return fact.knownOn;
  const { last } = daysOf(fact, []);
  return fact.effectiveOn.length === 10 ? last : earlier(last, fact.knownOn);
};
