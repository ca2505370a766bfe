// Which stored messages to run again: those that are held and have not run on a release yet, and those that a change of
// a code map may touch.
import type { Session } from './db.js';
import type { CodesOfMap, StoredMessage } from './records.js';

interface MessageRow {
  readonly payload: string;
  readonly ordinal: number;
  readonly received_at: Date;
}

const waitingSql = `
SELECT m.payload, m.ordinal, m.received_at
FROM quarantine q JOIN message m ON m.message_id = q.message_id
WHERE q.resolved_at IS NULL AND q.feed = $1 AND m.disposition = 'hold' AND m.release <> $2
  AND NOT EXISTS (SELECT FROM run r WHERE r.message_id = m.message_id AND r.release = $2)
ORDER BY m.run_id LIMIT $3`;

/** Held messages of a feed that never ran on the release, in the order they were held. */
export const waiting = async (
  db: Session,
  feed: string,
  release: string,
  limit: number,
): Promise<readonly StoredMessage[]> => (await db.query<MessageRow>(waitingSql, [feed, release, limit])).map(messageOf);

// The held ones come before the others; what room is left is filled with the feed's newest.
const touchedSql = `
WITH met AS (
  SELECT m.run_id, m.payload, m.ordinal, m.received_at, m.disposition = 'hold' AS held
  FROM message m
  WHERE m.run_id IN (SELECT u.run_id FROM unmapped_code u WHERE u.feed = $1 AND u.map = $2 AND u.code = ANY ($3::text[]))
  ORDER BY held DESC, m.run_id DESC LIMIT $4
),
newest AS (
  SELECT m.run_id, m.payload, m.ordinal, m.received_at, false AS held
  FROM message m
  WHERE m.feed = $1 AND m.run_id NOT IN (SELECT met.run_id FROM met)
  ORDER BY m.run_id DESC LIMIT $4 - (SELECT count(*) FROM met)
)
SELECT payload, ordinal, received_at FROM met UNION ALL SELECT payload, ordinal, received_at FROM newest`;

/** Messages of a feed: those that met the codes without a row, then the newest of the others. */
export const touched = async (
  db: Session,
  feed: string,
  { map, codes }: CodesOfMap,
  limit: number,
): Promise<readonly StoredMessage[]> =>
  (await db.query<MessageRow>(touchedSql, [feed, map, codes, limit])).map(messageOf);

const messageOf = ({ payload, ordinal, received_at }: MessageRow): StoredMessage => ({
  payload,
  index: ordinal,
  receivedAt: received_at.toISOString(),
});
