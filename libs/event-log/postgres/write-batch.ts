import type { Pool, PoolClient } from 'pg';
import { inTransaction, TIME_LIMIT } from '#platform';
import { decideBatch, type Append, type LogState, type Outcome, type Row } from '../appending/decide-batch.js';
import { CHANNEL, WRITER_LOCK } from './schema.js';

/**
 * Writes a batch of appends in one transaction: lock, look, decide, write, tell.
 *
 * The lock is held until the transaction is visible to all, so of two writers the second looks after the first has
 * committed, and positions appear in their order: no reader can pass one that is still to come. The lock, the head and
 * the events stand or fall together, so a writer may die between any two lines and leave neither a gap nor half a batch.
 * Rejects when the outcome is unknown; writing the same batch again is safe, because stored ids are found.
 */
export const writeBatch = (pool: Pool, batch: readonly Append[]): Promise<{ outcomes: Outcome[]; written: number }> =>
  inTransaction(pool, async (client) => {
    const { outcomes, rows } = decideBatch(batch, await look(client, batch));
    if (rows.length > 0) await write(client, rows);
    return { outcomes, written: rows.length };
  }, { begin: BEGIN });

/**
 * READ COMMITTED, so that the next statement sees what was committed while this one waited for the lock. A writer that
 * freezes with the lock in hand is cut off by the server, not waited for.
 */
const BEGIN = {
  text: `
    BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL idle_in_transaction_session_timeout = '3s';
    SELECT pg_advisory_xact_lock(${WRITER_LOCK})`,
  query_timeout: TIME_LIMIT,
};

/** One row for the head, one per stream that exists, one per event already stored. LIMIT keeps each look an index probe. */
const LOOK = `
  SELECT NULL::text AS stream, NULL::uuid AS id, NULL::integer AS revision, position FROM log.head
  UNION ALL
  SELECT named.stream, NULL, newest.revision, NULL
  FROM unnest($1::text[]) AS named (stream)
  CROSS JOIN LATERAL (
    SELECT revision FROM log.events WHERE stream = named.stream ORDER BY revision DESC LIMIT 1
  ) AS newest
  UNION ALL
  SELECT sent.stream, sent.id, stored.revision, stored.position
  FROM unnest($2::text[], $3::uuid[]) AS sent (stream, id)
  CROSS JOIN LATERAL (
    SELECT revision, position FROM log.events WHERE stream = sent.stream AND id = sent.id LIMIT 1
  ) AS stored`;

const look = async (client: PoolClient, batch: readonly Append[]): Promise<LogState> => {
  const sent = batch.flat().flatMap(({ stream, events }) => events.map(({ id }) => ({ stream, id })));
  const streams = [...new Set(sent.map(({ stream }) => stream))];
  const found = await client.query<Found>({
    text: LOOK,
    values: [streams, sent.map(({ stream }) => stream), sent.map(({ id }) => id)],
    ...LIMITED,
  });
  const state: LogState = { head: 0, streams: new Map(streams.map((stream) => [stream, { revision: -1, places: new Map() }])) };
  for (const { stream, id, revision, position } of found.rows) {
    if (stream === null) state.head = Number(position);
    else if (id === null) state.streams.get(stream)!.revision = revision!;
    else state.streams.get(stream)!.places.set(id, { revision: revision!, position: Number(position) });
  }
  return state;
};

interface Found {
  stream: string | null;
  id: string | null;
  revision: number | null;
  /** bigint, so text. */
  position: string | null;
}

const WRITE = `
  WITH written AS (
    INSERT INTO log.events (position, stream, revision, id, type, data, metadata, recorded_at)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::uuid[], $5::text[],
      $6::json[], $7::json[], $8::timestamptz[])
  ), moved AS (
    UPDATE log.head SET position = $9 RETURNING position
  )
  SELECT pg_notify('${CHANNEL}', position::text) FROM moved`;

const write = async (client: PoolClient, rows: readonly Row[]): Promise<void> => {
  await client.query({
    text: WRITE,
    values: [
      rows.map((row) => row.position),
      rows.map((row) => row.stream),
      rows.map((row) => row.revision),
      rows.map((row) => row.id),
      rows.map((row) => row.type),
      rows.map((row) => row.data),
      rows.map((row) => row.metadata),
      rows.map((row) => row.recordedAt),
      rows.at(-1)!.position,
    ],
    ...LIMITED,
  });
};

const LIMITED = { query_timeout: TIME_LIMIT };
