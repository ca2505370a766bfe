// Where messages contradicted one another: written with the message whose merge met it, closed by a person, settled by a
// later message, and read.
import { canonicalJson } from '../../canonical/json.js';
import type { JsonObject } from '../../model/json.js';
import type { Mismatch, MismatchSide } from '../../pipeline/mismatch.js';
import type { Session, SqlValue } from './db.js';
import type { Closing, ReconciliationEntry, ReconciliationQuery } from './records.js';
import { storable } from './storable.js';
import { isUuid } from './uuid.js';

// A message that runs again may tell the same of the same: what a person made of that stands. Of anything else nobody made
// anything yet.
const closingKept = ['closed_at', 'closed_by', 'resolution', 'closing_comment']
  .map(
    (column) => `${column} = CASE WHEN reconciliation.kept::text = excluded.kept::text
      AND reconciliation.other::text = excluded.other::text THEN reconciliation.${column} END`,
  )
  .join(', ');

const noteSql = `
INSERT INTO reconciliation (message_id, type, id, element, reason, decided_by, refused, kept_feed, kept_message, kept,
                            other_feed, other_message, other, noted_at)
SELECT m.message_id, m.type, m.id, m.element, m.reason, m.decided_by, m.refused, m.kept_feed, m.kept_message,
       m.kept::json, m.other_feed, m.other_message, m.other::json, date_trunc('milliseconds', now())
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[],
            $9::uuid[], $10::text[], $11::text[], $12::uuid[], $13::text[])
  AS m(message_id, type, id, element, reason, decided_by, refused, kept_feed, kept_message, kept, other_feed,
       other_message, other)
ON CONFLICT (message_id, type, id, element) DO UPDATE SET
  reason = excluded.reason, decided_by = excluded.decided_by, refused = excluded.refused,
  kept_feed = excluded.kept_feed, kept_message = excluded.kept_message, kept = excluded.kept,
  other_feed = excluded.other_feed, other_message = excluded.other_message, other = excluded.other,
  noted_at = excluded.noted_at, settled_at = NULL, ${closingKept}`;

const settleSql = `
UPDATE reconciliation r SET settled_at = date_trunc('milliseconds', now())
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS m(message_id, type, id, element)
WHERE (r.message_id, r.type, r.id, r.element) = (m.message_id, m.type, m.id, m.element)`;

/** Writes the mismatches of a message, and settles those that it ended. */
export async function note(session: Session, found: readonly Mismatch[], settled: readonly Mismatch[]): Promise<void> {
  await Promise.all([
    found.length > 0 ? session.query(noteSql, [...keyColumns(found), ...contentColumns(found)]) : undefined,
    settled.length > 0 ? session.query(settleSql, keyColumns(settled)) : undefined,
  ]);
}

const keyColumns = (all: readonly Mismatch[]): SqlValue[] => [
  all.map(({ messageId }) => messageId),
  all.map(({ type }) => type),
  all.map(({ id }) => id),
  all.map(({ element }) => element),
];

const contentColumns = (all: readonly Mismatch[]): SqlValue[] => [
  all.map(({ reason }) => reason),
  all.map(({ decidedBy }) => decidedBy),
  all.map(({ refused }) => refused),
  ...sideColumns(all.map(({ kept }) => kept)),
  ...sideColumns(all.map(({ other }) => other)),
];

const sideColumns = (sides: readonly MismatchSide[]): SqlValue[] => [
  sides.map(({ feed }) => feed),
  sides.map(({ messageId }) => messageId),
  sides.map((side) => canonicalJson(side as unknown as JsonObject)),
];

interface ReconciliationRow {
  readonly reconciliation_id: string;
  readonly message_id: string;
  readonly type: string;
  readonly id: string;
  readonly element: string;
  readonly reason: Mismatch['reason'];
  readonly decided_by: string;
  readonly refused: boolean;
  readonly kept: string;
  readonly other: string;
  readonly noted_at: Date;
  readonly settled_at: Date | null;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  readonly resolution: Closing['resolution'] | null;
  readonly closing_comment: string | null;
}

const columns = `reconciliation_id::text AS reconciliation_id, message_id::text AS message_id, type, id, element, reason,
  decided_by, refused, kept::text AS kept, other::text AS other, noted_at, settled_at, closed_at, closed_by, resolution,
  closing_comment`;

const state = `CASE WHEN settled_at IS NOT NULL THEN 'settled' WHEN closed_at IS NOT NULL THEN 'closed' ELSE 'open' END`;

const listSql = `
SELECT ${columns} FROM reconciliation
WHERE ($1::text IS NULL OR kept_feed = $1 OR other_feed = $1) AND ($2::text IS NULL OR type = $2)
  AND ($3::text IS NULL OR id = $3) AND ($4::text IS NULL OR ${state} = $4)
  AND ($5::bigint IS NULL OR reconciliation.reconciliation_id < $5::bigint)
ORDER BY reconciliation.reconciliation_id DESC LIMIT $6`;

export async function list(db: Session, query: ReconciliationQuery): Promise<readonly ReconciliationEntry[]> {
  const { feed = null, type = null, id = null, state: asked = null, before = null, limit = 50 } = query;
  if (before !== null && !isNumber(before)) return [];
  return (await db.query<ReconciliationRow>(listSql, [feed, type, id, asked, before, limit])).map(entryOf);
}

/** What PostgreSQL would refuse as a bigint names nothing that is stored. */
const isNumber = (text: string): boolean => /^\d{1,18}$/.test(text);

const oneSql = `SELECT ${columns} FROM reconciliation WHERE reconciliation.reconciliation_id = $1::bigint`;

export async function one(db: Session, reconciliationId: string): Promise<ReconciliationEntry | undefined> {
  if (!isNumber(reconciliationId)) return undefined;
  const [row] = await db.query<ReconciliationRow>(oneSql, [reconciliationId]);
  return row && entryOf(row);
}

const closeSql = `
UPDATE reconciliation
SET closed_by = $2, resolution = $3, closing_comment = $4, closed_at = date_trunc('milliseconds', now())
WHERE reconciliation_id = $1::bigint AND settled_at IS NULL AND closed_at IS NULL
RETURNING reconciliation_id`;

/** False when it is not open (any more). */
export async function close(db: Session, reconciliationId: string, closing: Closing): Promise<boolean> {
  if (!isNumber(reconciliationId)) return false;
  const { reviewer, resolution, comment } = closing;
  const told = comment === undefined ? null : storable(comment);
  return (await db.query(closeSql, [reconciliationId, storable(reviewer), resolution, told])).length > 0;
}

const ofMessageSql = `
SELECT ${columns} FROM reconciliation WHERE kept_message = $1::uuid OR other_message = $1::uuid
ORDER BY reconciliation.reconciliation_id`;

/** Those in which the message is one of the two sides, oldest first. */
export async function ofMessage(db: Session, messageId: string): Promise<readonly ReconciliationEntry[]> {
  if (!isUuid(messageId)) return [];
  return (await db.query<ReconciliationRow>(ofMessageSql, [messageId])).map(entryOf);
}

const entryOf = (row: ReconciliationRow): ReconciliationEntry => ({
  reconciliationId: row.reconciliation_id,
  state: row.settled_at !== null ? 'settled' : row.closed_at !== null ? 'closed' : 'open',
  messageId: row.message_id,
  type: row.type,
  id: row.id,
  element: row.element,
  reason: row.reason,
  decidedBy: row.decided_by,
  refused: row.refused,
  kept: JSON.parse(row.kept) as MismatchSide,
  other: JSON.parse(row.other) as MismatchSide,
  notedAt: row.noted_at.toISOString(),
  ...closingOf(row),
  ...(row.settled_at === null ? {} : { settledAt: row.settled_at.toISOString() }),
});

function closingOf(row: ReconciliationRow): Pick<ReconciliationEntry, 'closing'> {
  const { closed_at: at, closed_by: reviewer, resolution, closing_comment: comment } = row;
  if (at === null || reviewer === null || resolution === null) return {};
  return { closing: { reviewer, resolution, ...(comment !== null && { comment }), closedAt: at.toISOString() } };
}
