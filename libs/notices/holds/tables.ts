/** What is on hold, and what persons did with messages; see docs/architecture.md, "Promises of the letters". */
export const HOLD_STEPS = [
  `-- Nothing goes out about a State, of a day's run, or of a whole treaty, until it is released.
   CREATE TABLE notices.holds (
     id uuid PRIMARY KEY,
     treaty text NOT NULL,
     -- The State, or the day of the run; neither: the whole treaty.
     iso3 text,
     on_day date,
     reason text NOT NULL,
     held_at timestamptz NOT NULL,
     held_by text NOT NULL,
     released_at timestamptz,
     released_by text,
     release_reason text,
     -- What the correspondence streams have of it: nothing yet, the hold, its end.
     recorded smallint NOT NULL DEFAULT 0,
     CHECK (iso3 IS NULL OR on_day IS NULL)
   );
   CREATE UNIQUE INDEX holds_in_force ON notices.holds (treaty, COALESCE(iso3, ''), COALESCE(on_day, '-infinity')) WHERE released_at IS NULL;
   CREATE INDEX holds_unrecorded ON notices.holds (held_at) WHERE recorded < 2;

   -- The hold that keeps a message back; none where it is held on its own.
   ALTER TABLE notices.messages ADD COLUMN hold_id uuid;
   CREATE INDEX messages_by_hold ON notices.messages (hold_id) WHERE hold_id IS NOT NULL;
   CREATE INDEX messages_by_run ON notices.messages (treaty, on_day);
   CREATE INDEX messages_resting ON notices.messages (status) WHERE status IN ('held', 'failed', 'unknown');

   -- What a hold or a person did with a message, on its way into the correspondence streams: a status that soon gives
   -- way to the next is on record all the same.
   CREATE TABLE notices.acts (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     message uuid NOT NULL,
     status text NOT NULL,
     reason text,
     about json NOT NULL,
     states text[] NOT NULL,
     sha256 text,
     response text,
     changed_at timestamptz NOT NULL,
     changed_by text NOT NULL
   );

   -- Days that were held because they had too many messages.
   INSERT INTO notices.holds (id, treaty, on_day, reason, held_at, held_by)
     SELECT gen_random_uuid(), treaty, on_day, min(reason), min(changed_at), 'pacta' FROM notices.messages
     WHERE status = 'held' AND changed_by = 'pacta' AND reason IS NOT NULL GROUP BY treaty, on_day;
   UPDATE notices.messages AS message SET hold_id = hold.id FROM notices.holds AS hold
     WHERE message.status = 'held' AND message.changed_by = 'pacta' AND hold.treaty = message.treaty AND hold.on_day = message.on_day`,
];
