// One message, one statement, one round trip: PostgreSQL runs it as one transaction. The `claim` decides: it answers a
// row when the message is new or ran on another release, and every other part hangs on it, so that two gateways given
// the same payload at the same moment record it once.

/** Answers `duplicate`. The heads of resources are there: publishing has locked them (standing.ts). An insert that meets them finds them by their key, whatever the planner believes of the table. */
export const recordMessage = `
WITH now AS MATERIALIZED (
  SELECT nextval('run_id') AS run_id, date_trunc('milliseconds', now()) AS at
),
kept AS (
  INSERT INTO payload (digest, bytes, size)
  SELECT $1, $2::bytea, length($2::bytea) WHERE $2::bytea IS NOT NULL
  ON CONFLICT DO NOTHING
),
received AS (
  INSERT INTO receipt (payload, feed, received_at, name, issues)
  VALUES ($1, $3, $4::timestamptz, $5, $6::json)
  ON CONFLICT DO NOTHING
),
pinned AS (
  INSERT INTO release (digest, pins) SELECT $7, $8::jsonb WHERE $8::jsonb IS NOT NULL
  ON CONFLICT DO NOTHING
),
claim AS (
  INSERT INTO message (message_id, feed, payload, ordinal, message_type, disposition, release, run_id, received_at)
  SELECT $9::uuid, $3, $1, $10::integer, $11, $12, $7, run_id, $4::timestamptz FROM now
  ON CONFLICT (message_id) DO UPDATE SET
    message_type = excluded.message_type, disposition = excluded.disposition,
    release = excluded.release, run_id = excluded.run_id
  WHERE message.release <> excluded.release
    OR message.disposition NOT IN ('publish', 'publish-with-warnings') AND message.disposition <> excluded.disposition
  RETURNING run_id
),
ran AS (
  INSERT INTO run (run_id, message_id, received_at, recorded_at, repeat, release, disposition, decided_by,
                   bundle_digest, report, timings)
  SELECT now.run_id, $9::uuid, $4::timestamptz, now.at, claim.run_id IS NULL, $7, $12, $13, $14,
         CASE WHEN claim.run_id IS NOT NULL THEN $15::json END, $16::json
  FROM now LEFT JOIN claim ON true
),
left_over AS (
  INSERT INTO residual (run_id, feed, path, count)
  SELECT claim.run_id, $3, r.path, r.count
  FROM claim, unnest($17::text[], $18::integer[]) AS r(path, count)
),
unmapped AS (
  INSERT INTO unmapped_code (run_id, feed, map, system, code, display, count, position)
  SELECT claim.run_id, $3, u.map, u.system, u.code, u.display, u.count, u.position::json
  FROM claim, unnest($29::text[], $30::text[], $31::text[], $32::text[], $33::integer[], $34::text[])
    AS u(map, system, code, display, count, position)
),
input AS MATERIALIZED (
  SELECT * FROM unnest($19::text[], $20::text[], $21::integer[], $22::text[], $23::text[], $24::text[], $25::text[],
                       $26::text[])
    AS i(type, id, version, origins, content_hash, meta, content, lineage)
),
head AS (
  INSERT INTO resource (type, id, version, origins)
  SELECT i.type, i.id, i.version, i.origins::json FROM input i, claim
  ON CONFLICT (type, id) DO UPDATE SET version = excluded.version, origins = excluded.origins
),
written AS (
  INSERT INTO resource_version (type, id, version, content_hash, meta, content, last_updated, message_id, run_id,
                                lineage)
  SELECT i.type, i.id, i.version, i.content_hash, i.meta, i.content, now.at, $9::uuid, now.run_id, i.lineage::json
  FROM input i, claim, now WHERE i.content IS NOT NULL
  RETURNING type, id, version
),
held AS (
  INSERT INTO quarantine (feed, payload, ordinal, message_id, message_type, disposition, decided_by, issues,
                          received_at, held_at)
  SELECT $3, $1, $10::integer, $9::uuid, $11, $12, $13, $27::json, $4::timestamptz, now.at
  FROM now, claim WHERE $27::json IS NOT NULL
  ON CONFLICT (feed, payload, ordinal) DO UPDATE SET
    message_type = excluded.message_type, disposition = excluded.disposition, decided_by = excluded.decided_by,
    issues = excluded.issues, held_at = excluded.held_at, times = quarantine.times + 1, resolved_at = NULL
),
resolved AS (
  UPDATE quarantine SET resolved_at = now.at
  FROM now, claim
  WHERE $27::json IS NULL AND feed = $3 AND payload = $1 AND ordinal IN (-1, $10::integer) AND resolved_at IS NULL
),
told AS (
  INSERT INTO outbox (kind, feed, message_id, payload, created_at)
  SELECT $28, $3, $9::uuid,
         json_build_object('messageId', $9::text, 'feed', $3, 'disposition', $12, 'decidedBy', $13, 'resources',
           (SELECT coalesce(json_agg(json_build_object('type', type, 'id', id, 'versionId', version::text)
                                     ORDER BY type, id), '[]') FROM written)),
         now.at
  FROM now, claim
)
SELECT NOT EXISTS (SELECT FROM claim) AS duplicate`;

/** A payload nobody could read: kept, received and held. Answers `id` and `times`. */
export const recordUnreadable = `
WITH now AS MATERIALIZED (SELECT date_trunc('milliseconds', now()) AS at),
kept AS (
  INSERT INTO payload (digest, bytes, size) VALUES ($1, $2::bytea, length($2::bytea))
  ON CONFLICT DO NOTHING
),
received AS (
  INSERT INTO receipt (payload, feed, received_at, name, issues)
  VALUES ($1, $3, $4::timestamptz, $5, $6::json)
  ON CONFLICT DO NOTHING
),
held AS (
  INSERT INTO quarantine (feed, payload, ordinal, message_type, disposition, decided_by, issues, received_at, held_at)
  SELECT $3, $1, -1, '', 'quarantine', $7, $6::json, $4::timestamptz, now.at FROM now
  ON CONFLICT (feed, payload, ordinal) DO UPDATE SET
    decided_by = excluded.decided_by, issues = excluded.issues, held_at = excluded.held_at,
    times = quarantine.times + 1, resolved_at = NULL
  RETURNING quarantine_id, times
),
told AS (
  INSERT INTO outbox (kind, feed, payload, created_at)
  SELECT 'payload.quarantined', $3,
         json_build_object('quarantineId', held.quarantine_id, 'feed', $3, 'decidedBy', $7), now.at
  FROM now, held WHERE held.times = 1
)
SELECT quarantine_id::text AS id, times FROM held`;
