// The worklist of stewards: source codes without a row in their map, as the messages' deciding runs left them.
import type { Session } from './db.js';
import type { WorklistEntry, WorklistQuery } from './records.js';

interface WorklistRow extends Omit<WorklistEntry, 'firstSeen' | 'lastSeen' | 'examples' | 'draft'> {
  readonly first_seen: Date;
  readonly last_seen: Date;
  readonly examples: string;
  readonly draft: string | null;
}

// What holds messages comes first, then what touches most of them. A published message has its decided codes still: it
// does not run again by itself.
const listSql = `
WITH entry AS (
  SELECT u.feed, u.map, u.system, u.code,
         array_remove(array_agg(DISTINCT u.display), '') AS displays,
         sum(u.count)::integer AS values, count(*)::integer AS messages,
         count(*) FILTER (WHERE m.disposition = 'hold')::integer AS held,
         min(m.received_at) AS first_seen, max(m.received_at) AS last_seen
  FROM unmapped_code u JOIN message m ON m.run_id = u.run_id
  WHERE ($1::text IS NULL OR u.feed = $1) AND ($2::text IS NULL OR u.map = $2)
  GROUP BY u.feed, u.map, u.system, u.code
  HAVING NOT EXISTS (
    SELECT FROM code_map_decision c JOIN code_map_draft d ON d.draft_id = c.draft_id
    WHERE c.code = u.code AND d.feed = u.feed AND d.map = u.map AND d.state = 'approved')
  ORDER BY held DESC, messages DESC, u.feed, u.map, u.system, u.code
  LIMIT $3 OFFSET $4
)
SELECT entry.*, (
  SELECT json_agg(json_build_object('messageId', e.message_id, 'disposition', e.disposition, 'position', e.position))
  FROM (
    SELECT m.message_id, m.disposition, u.position
    FROM unmapped_code u JOIN message m ON m.run_id = u.run_id
    WHERE (u.feed, u.map, u.system, u.code) = (entry.feed, entry.map, entry.system, entry.code)
    ORDER BY u.run_id DESC LIMIT 3
  ) e
)::text AS examples, (
  SELECT d.draft_id::text FROM code_map_decision c JOIN code_map_draft d ON d.draft_id = c.draft_id
  WHERE c.code = entry.code AND d.feed = entry.feed AND d.map = entry.map AND d.state = 'proposed'
  ORDER BY d.proposed_at DESC LIMIT 1
) AS draft
FROM entry ORDER BY held DESC, messages DESC, feed, map, system, code`;

export async function list(db: Session, query: WorklistQuery): Promise<readonly WorklistEntry[]> {
  const { feed = null, map = null, limit = 50, offset = 0 } = query;
  return (await db.query<WorklistRow>(listSql, [feed, map, limit, offset])).map(entryOf);
}

const entryOf = ({ first_seen, last_seen, examples, draft, ...row }: WorklistRow): WorklistEntry => ({
  ...row,
  firstSeen: first_seen.toISOString(),
  lastSeen: last_seen.toISOString(),
  examples: JSON.parse(examples) as WorklistEntry['examples'],
  ...(draft !== null && { draft }),
});
