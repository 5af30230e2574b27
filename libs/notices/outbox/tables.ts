/** Rows own what is owed to people; see docs/architecture.md, "Promises of the letters". */
export const NOTICE_STEPS = [
  `CREATE SCHEMA IF NOT EXISTS notices;

   -- Through which day a treaty's letters have been planned: moved in the transaction that writes them.
   CREATE TABLE notices.planned (
     treaty text PRIMARY KEY,
     through date NOT NULL
   );

   -- Since when each obligation has had its due date, as the plan has seen it.
   CREATE TABLE notices.watched (
     treaty text NOT NULL,
     obligation text NOT NULL,
     due_on date,
     since date,
     PRIMARY KEY (treaty, obligation)
   );

   -- Rungs that were taken: a step goes out once for one due date.
   CREATE TABLE notices.taken (
     treaty text NOT NULL,
     rung text NOT NULL,
     PRIMARY KEY (treaty, rung)
   );

   CREATE TABLE notices.messages (
     -- From treaty, day and contact: planning the same day again finds the same message.
     id uuid PRIMARY KEY,
     treaty text NOT NULL,
     on_day date NOT NULL,
     role text NOT NULL,
     contact_id text NOT NULL,
     language text NOT NULL,
     about json NOT NULL,
     states text[] NOT NULL,
     -- planned, held, skipped, suppressed, rendered, sending, sent, failed, unknown, bounced
     status text NOT NULL,
     reason text,
     send_after timestamptz NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     message_id text NOT NULL,
     -- The whole message as it goes out; gone where a person was erased, with its hash left as proof.
     mime bytea,
     sha256 text,
     response text,
     changed_at timestamptz NOT NULL,
     -- Whether the correspondence stream says what the status says.
     on_record boolean NOT NULL DEFAULT false
   );
   CREATE INDEX messages_open ON notices.messages (send_after) WHERE status IN ('planned', 'rendered', 'sending');
   CREATE INDEX messages_unrecorded ON notices.messages (changed_at) WHERE NOT on_record;
   CREATE INDEX messages_by_state ON notices.messages USING gin (states);
   CREATE INDEX messages_by_contact ON notices.messages (contact_id)`,
  // Who brought the message to where it is: a key, where a person held, released or skipped it.
  `ALTER TABLE notices.messages ADD COLUMN changed_by text NOT NULL DEFAULT 'pacta'`,
  // What is due is read page by page, however much of it there is.
  `DROP INDEX notices.messages_open;
   CREATE INDEX messages_open ON notices.messages (send_after, id) WHERE status IN ('planned', 'rendered');
   CREATE INDEX messages_sending ON notices.messages (changed_at) WHERE status = 'sending'`,
];
