/** Steps for `migrate`: append only, like the log itself. */
export const SCHEMA = [`
  CREATE SCHEMA log;

  -- json, not jsonb: the log gives back what was written, key order included, never looks inside, and writes and reads it faster.
  -- Collation C makes "begins with" a range of the index on (stream, revision).
  CREATE TABLE log.events (
    position bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    id uuid NOT NULL,
    type text COLLATE "C" NOT NULL,
    data json NOT NULL,
    metadata json NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (stream, revision),
    UNIQUE (stream, id)
  );

  -- Its one row says the position of the newest event; written in the same transaction as the events it counts.
  CREATE TABLE log.head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL
  );
  INSERT INTO log.head (position) VALUES (0);

  -- History never changes, not even by a slip at the psql prompt.
  CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'log.events is append-only: a correction is a new event';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
`];

/** Carries the new head position to whoever follows. */
export const CHANNEL = 'event_log_head';

/** Key of the advisory lock whoever appends holds until its transaction ends. Any number; the same in every version. */
export const WRITER_LOCK = 7_026_812_001;
