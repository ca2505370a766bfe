-- What messages say of a resource is merged: whose word each part of it is, and where messages contradict one another.

-- `origins`: see origins-text.ts. A head of version 0 holds the place of a resource that a transaction is about to write.
ALTER TABLE resource ADD COLUMN origins json;
-- What was written before there was a merge is the word of the message that wrote it, as a whole.
UPDATE resource r SET origins = json_build_array(json_strip_nulls(json_build_object(
  'messageId', v.message_id, 'feed', m.feed,
  'sources', json_build_array(m.feed, m.feed || '/' || regexp_replace(m.message_type, '[\^.].*$', '')),
  'at', to_char(m.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  -- An escaped NUL cannot be taken out of JSON.
  'status', CASE WHEN position('\u0000' IN v.content) = 0 THEN v.content::json ->> 'status' END)))
FROM resource_version v JOIN message m ON m.message_id = v.message_id
WHERE v.type = r.type AND v.id = r.id AND v.version = r.version;
-- The version has it.
ALTER TABLE resource DROP COLUMN content_hash;

-- One row for each element of a resource that a message contradicts: `message_id` is the message whose merge met it.
-- `kept` and `other` hold both sides: message, time, value, source position, mapping rule.
CREATE TABLE reconciliation (
  reconciliation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id    uuid NOT NULL,
  type          text NOT NULL,
  id            text NOT NULL,
  element       text NOT NULL,
  reason        text NOT NULL CHECK (reason IN ('owner', 'status', 'time', 'delete')),
  decided_by    text NOT NULL,
  refused       boolean NOT NULL,
  kept_feed     text NOT NULL,
  kept_message  uuid NOT NULL,
  kept          json NOT NULL,
  other_feed    text NOT NULL,
  other_message uuid NOT NULL,
  other         json NOT NULL,
  noted_at      timestamptz NOT NULL,
  settled_at    timestamptz,
  UNIQUE (message_id, type, id, element)
);
CREATE INDEX reconciliation_of_resource ON reconciliation (type, id);
CREATE INDEX reconciliation_kept ON reconciliation (kept_message);
CREATE INDEX reconciliation_other ON reconciliation (other_message);
