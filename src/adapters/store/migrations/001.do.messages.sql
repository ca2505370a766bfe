-- What was received and what became of it. Nothing here is ever lost: a payload that was refused is kept as well.

-- The raw bytes, once each, under their SHA-256.
CREATE TABLE payload (
  digest text PRIMARY KEY,
  bytes  bytea NOT NULL,
  size   integer NOT NULL
);

-- Every arrival of a payload. `issues` are those of the payload as a whole (batch counts, header drift).
CREATE TABLE receipt (
  payload     text NOT NULL REFERENCES payload,
  feed        text NOT NULL,
  received_at timestamptz NOT NULL,
  name        text,
  issues      json,
  PRIMARY KEY (payload, feed, received_at)
);
CREATE INDEX receipt_by_feed ON receipt (feed, received_at DESC);

-- The pins that runs ran on, once each, under the SHA-256 of their canonical JSON.
CREATE TABLE release (
  digest text PRIMARY KEY,
  pins   jsonb NOT NULL
);

CREATE SEQUENCE run_id AS bigint;

-- A message of a payload and its standing: that of its last run that was not a repeat.
CREATE TABLE message (
  message_id   uuid PRIMARY KEY,
  feed         text NOT NULL,
  payload      text NOT NULL REFERENCES payload,
  ordinal      integer NOT NULL,
  message_type text NOT NULL,
  disposition  text NOT NULL
    CHECK (disposition IN ('publish', 'publish-with-warnings', 'hold', 'quarantine', 'reject')),
  release      text NOT NULL,
  run_id       bigint NOT NULL,
  received_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX message_by_run ON message (run_id);
CREATE INDEX message_by_feed ON message (feed, run_id);
CREATE INDEX message_by_payload ON message (payload);

-- Each time a message went through the pipeline. A repeat (same message, same release) is noted without its report.
CREATE TABLE run (
  run_id        bigint PRIMARY KEY,
  message_id    uuid NOT NULL,
  received_at   timestamptz NOT NULL,
  recorded_at   timestamptz NOT NULL,
  repeat        boolean NOT NULL,
  release       text NOT NULL,
  disposition   text NOT NULL,
  decided_by    text,
  bundle_digest text,
  report        json,
  timings       json
);
CREATE INDEX run_by_message ON run (message_id, run_id);

-- Populated source values that no rule read, counted by path within a run; their places stand in the run's report.
CREATE TABLE residual (
  run_id bigint NOT NULL,
  feed   text NOT NULL,
  path   text NOT NULL,
  count  integer NOT NULL,
  PRIMARY KEY (run_id, path)
);
CREATE INDEX residual_by_feed ON residual (feed, path);

-- What was not published, with its reason, until a later run of the same message publishes it. Ordinal -1 stands for a
-- payload that could not be read at all.
CREATE TABLE quarantine (
  quarantine_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  feed          text NOT NULL,
  payload       text NOT NULL REFERENCES payload,
  ordinal       integer NOT NULL,
  message_id    uuid,
  message_type  text NOT NULL,
  disposition   text NOT NULL,
  decided_by    text,
  issues        json NOT NULL,
  received_at   timestamptz NOT NULL,
  held_at       timestamptz NOT NULL,
  times         integer NOT NULL DEFAULT 1,
  resolved_at   timestamptz,
  UNIQUE (feed, payload, ordinal)
);
CREATE INDEX quarantine_open ON quarantine (held_at, quarantine_id) WHERE resolved_at IS NULL;

-- Events in the order they happened, written with what they tell of; a relay delivers them at least once.
CREATE TABLE outbox (
  event_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL,
  feed         text NOT NULL,
  message_id   uuid,
  payload      json NOT NULL,
  created_at   timestamptz NOT NULL,
  delivered_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (event_id) WHERE delivered_at IS NULL;
