/** Rows own what is owed to subscribers; see docs/architecture.md, "Promises of the webhooks". */
export const WEBHOOK_STEPS = [
  `CREATE SCHEMA IF NOT EXISTS webhooks;

   -- How far the log has been followed: moved in the transaction that writes what is owed for it.
   CREATE TABLE webhooks.cursor (
     one boolean PRIMARY KEY DEFAULT true CHECK (one),
     position bigint NOT NULL
   );
   INSERT INTO webhooks.cursor (position) VALUES (0);

   -- The events of the log as anybody may see them.
   CREATE TABLE webhooks.events (
     position bigint PRIMARY KEY,
     id uuid NOT NULL,
     type text NOT NULL,
     version integer NOT NULL,
     treaty text NOT NULL,
     state text,
     meeting text,
     theme text,
     recorded_at timestamptz NOT NULL,
     history boolean NOT NULL,
     -- Dates, details and source.
     says json NOT NULL
   );
   CREATE INDEX events_by_id ON webhooks.events (id);
   CREATE INDEX events_of_type ON webhooks.events (type, position);
   CREATE INDEX events_of_state ON webhooks.events (state, position);
   CREATE INDEX events_amended ON webhooks.events ((says -> 'details' ->> 'fact')) WHERE type IN ('fact.corrected', 'fact.retracted');
   CREATE INDEX events_by_time ON webhooks.events (recorded_at);

   CREATE TABLE webhooks.endpoints (
     id uuid PRIMARY KEY,
     -- The key or token whose it is.
     owner text NOT NULL,
     url text NOT NULL,
     host text NOT NULL,
     types text[] NOT NULL,
     treaty text,
     states text[],
     theme text,
     ordered boolean NOT NULL,
     -- Deliveries a minute at the most.
     rate integer,
     -- unverified, active, paused, disabled
     status text NOT NULL,
     reason text,
     secret text NOT NULL,
     previous_secret text,
     previous_until timestamptz,
     challenge text NOT NULL,
     challenge_due_at timestamptz,
     challenge_tries integer NOT NULL DEFAULT 0,
     failing_since timestamptz,
     -- Whether its owner was told that it is disabled.
     owner_told boolean NOT NULL DEFAULT true,
     created_at timestamptz NOT NULL,
     changed_at timestamptz NOT NULL
   );
   CREATE INDEX endpoints_of_owner ON webhooks.endpoints (owner);
   CREATE INDEX endpoints_to_challenge ON webhooks.endpoints (challenge_due_at) WHERE status = 'unverified';

   -- When an endpoint is to be looked at, and which worker does. Beside the endpoints, because it changes all the time.
   CREATE TABLE webhooks.lanes (
     endpoint uuid PRIMARY KEY,
     due_at timestamptz,
     -- Asked for by the receiver, by its rate, or by its failing.
     not_before timestamptz,
     failures integer NOT NULL DEFAULT 0,
     holder uuid,
     held_until timestamptz
   );
   CREATE INDEX lanes_due ON webhooks.lanes (due_at);

   CREATE TABLE webhooks.deliveries (
     endpoint uuid NOT NULL,
     position bigint NOT NULL,
     -- 0 for an event of the log; else a challenge or a test, made when the log stood at this position.
     trial integer NOT NULL DEFAULT 0,
     event_id uuid NOT NULL,
     type text NOT NULL,
     -- pending, delivered, failed
     status text NOT NULL,
     in_order boolean NOT NULL,
     tries integer NOT NULL DEFAULT 0,
     due_at timestamptz NOT NULL,
     attempts jsonb NOT NULL DEFAULT '[]',
     PRIMARY KEY (endpoint, position, trial)
   );
   CREATE INDEX deliveries_due ON webhooks.deliveries (endpoint, due_at) WHERE status = 'pending';
   CREATE INDEX deliveries_in_order ON webhooks.deliveries (endpoint, position) WHERE status = 'pending' AND in_order;
   CREATE SEQUENCE webhooks.trials AS integer;

   CREATE TABLE webhooks.signing_keys (
     public_key text PRIMARY KEY,
     secret text NOT NULL,
     created_at timestamptz NOT NULL,
     retires_at timestamptz
   );

   -- Whom to write to about the endpoints of a key that somebody got by itself. Here and nowhere else, so that it can be erased.
   CREATE TABLE webhooks.subscribers (
     owner text PRIMARY KEY,
     email text NOT NULL,
     since timestamptz NOT NULL
   );

   -- Addresses that asked for a key and have not confirmed yet; of the link only a hash is kept.
   CREATE TABLE webhooks.sign_ups (
     token_hash bytea PRIMARY KEY,
     email text NOT NULL,
     asked_at timestamptz NOT NULL
   );
   CREATE INDEX sign_ups_by_time ON webhooks.sign_ups (asked_at);

   -- Through which day it was looked what the calendar brings, and what was told of it.
   CREATE TABLE webhooks.swept (
     treaty text PRIMARY KEY,
     through date NOT NULL
   );
   CREATE TABLE webhooks.announced (
     id uuid PRIMARY KEY
   );

   -- Hosts that nothing is sent to, whoever asked for it.
   CREATE TABLE webhooks.blocked_hosts (
     host text PRIMARY KEY,
     reason text NOT NULL,
     actor text NOT NULL,
     blocked_at timestamptz NOT NULL
   )`,

  `-- The cursor counts in positions of the public log, which stay what they are when the log of facts is moved to another
   -- server: by how much they are ahead of those in the log of facts, and the event last taken in, by which the log is
   -- known again. Former versions, which move the position alone, may run beside.
   ALTER TABLE webhooks.cursor
     ADD COLUMN ahead bigint NOT NULL DEFAULT 0,
     ADD COLUMN stream text,
     ADD COLUMN revision integer,
     ADD COLUMN event uuid,
     ADD COLUMN event_position bigint`,
];
