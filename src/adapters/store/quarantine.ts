// Reading what is held, with its reason. It leaves the list when a later run publishes the message.
import type { Issue } from '../../model/issue.js';
import type { Disposition } from '../../pipeline/outcome.js';
import type { Session } from './db.js';
import type { QuarantineEntry, QuarantineQuery } from './records.js';
import { isUuid } from './uuid.js';

interface QuarantineRow {
  readonly quarantine_id: string;
  readonly feed: string;
  readonly payload: string;
  readonly ordinal: number;
  readonly message_id: string | null;
  readonly message_type: string;
  readonly disposition: Disposition;
  readonly decided_by: string | null;
  readonly issues: string;
  readonly received_at: Date;
  readonly held_at: Date;
  readonly times: number;
  readonly resolved_at: Date | null;
}

const columns = `quarantine_id::text AS quarantine_id, feed, payload, ordinal, message_id::text AS message_id,
  message_type, disposition, decided_by, issues::text AS issues, received_at, held_at, times, resolved_at`;

const listSql = `
SELECT ${columns} FROM quarantine
WHERE ($1::text IS NULL OR feed = $1) AND ($2::boolean OR resolved_at IS NULL)
ORDER BY held_at DESC, quarantine.quarantine_id DESC LIMIT $3`;

export async function list(db: Session, query: QuarantineQuery): Promise<readonly QuarantineEntry[]> {
  const { feed = null, resolved = false, limit = 50 } = query;
  return (await db.query<QuarantineRow>(listSql, [feed, resolved, limit])).map(entryOf);
}

export async function one(db: Session, quarantineId: string): Promise<QuarantineEntry | undefined> {
  if (!isUuid(quarantineId)) return undefined;
  const sql = `SELECT ${columns} FROM quarantine WHERE quarantine_id = $1::uuid`;
  const [row] = await db.query<QuarantineRow>(sql, [quarantineId]);
  return row && entryOf(row);
}

const entryOf = (row: QuarantineRow): QuarantineEntry => ({
  quarantineId: row.quarantine_id,
  feed: row.feed,
  payload: row.payload,
  messageType: row.message_type,
  disposition: row.disposition,
  issues: JSON.parse(row.issues) as Issue[],
  receivedAt: row.received_at.toISOString(),
  heldAt: row.held_at.toISOString(),
  times: row.times,
  ...(row.ordinal < 0 ? {} : { index: row.ordinal }),
  ...(row.message_id === null ? {} : { messageId: row.message_id }),
  ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
  ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at.toISOString() }),
});
