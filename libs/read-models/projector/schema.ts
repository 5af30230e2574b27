import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#platform';

/**
 * Version of the tables below. A program with a new version builds its own schema beside the old one and serves from it
 * once it has caught up; nothing is ever altered in place.
 */
const VERSION = 2;

/** The schema that is served from, and the one that a rebuild fills beside it. */
export const SERVING = `read_v${VERSION}`;
export const BESIDE = `${SERVING}_next`;

/** Of whoever follows the log into a schema: during an upgrade, one process fills the old tables and another the new. */
export const followerOf = (schema: string): string => `projector ${schema}`;

/** Harmless where all is there; several processes may come at once. */
export const createSchema = (pool: Pool, schema: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('pacta read models'))");
    await createTables(client, schema);
  });

const createTables = async (client: PoolClient, schema: string): Promise<void> => {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${schema};

    -- How far the log has been projected: one row, moved in the transaction that writes what it stands for.
    CREATE TABLE IF NOT EXISTS ${schema}.cursor (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      position bigint NOT NULL
    );
    INSERT INTO ${schema}.cursor (position) VALUES (0) ON CONFLICT DO NOTHING;

    -- One row a State and treaty: all its facts in short, parted by commas, in the order of recording. Text and not jsonb,
    -- because it is only ever appended to and read whole.
    CREATE TABLE IF NOT EXISTS ${schema}.dossiers (
      treaty text NOT NULL,
      state text NOT NULL,
      revision integer NOT NULL,
      facts text NOT NULL,
      PRIMARY KEY (treaty, state)
    );

    -- One row a treaty: the events that decide on it as a whole (deposits, meetings, coverage), as JSON parted by commas.
    -- Whoever asks folds them; the version says whether it has to.
    CREATE TABLE IF NOT EXISTS ${schema}.records (
      treaty text PRIMARY KEY,
      version bigint NOT NULL,
      events text NOT NULL
    );

    -- Every fact with its provenance, for the audit.
    CREATE TABLE IF NOT EXISTS ${schema}.history (
      position bigint PRIMARY KEY,
      treaty text NOT NULL,
      kind text NOT NULL,
      subject text NOT NULL,
      revision integer NOT NULL,
      id uuid NOT NULL,
      type text NOT NULL,
      effective_on text,
      known_by date,
      known_on text NOT NULL,
      counts_on text NOT NULL,
      recorded_at timestamptz NOT NULL,
      data json NOT NULL,
      metadata json NOT NULL,
      superseded_by uuid
    );
    CREATE INDEX IF NOT EXISTS history_of_state ON ${schema}.history (treaty, subject, position) WHERE kind = 'dossier';
    CREATE INDEX IF NOT EXISTS history_of_treaty ON ${schema}.history (treaty, position);
    CREATE INDEX IF NOT EXISTS history_live ON ${schema}.history (treaty, position) WHERE type = 'went-live';
    CREATE INDEX IF NOT EXISTS history_by_id ON ${schema}.history (id);
  `);
};
