// The drafts of code maps: proposed, listed, decided about once.
import type { Draft, Proposal } from '../../governance/draft.js';
import type { CodeDecision, Relationship } from '../../terminology/concept-maps/decisions.js';
import type { Session } from './db.js';
import type { DraftQuery, PastDecision, Verdict } from './records.js';
import { storable } from './storable.js';
import { isUuid } from './uuid.js';

interface DraftRow {
  readonly draft_id: string;
  readonly feed: string;
  readonly map: string;
  readonly state: Draft['state'];
  readonly author: string;
  readonly comment: string | null;
  readonly proposed_at: Date;
  readonly reviewer: string | null;
  readonly review: string | null;
  readonly decided_at: Date | null;
  readonly number: number | null;
  readonly version: string | null;
  readonly decisions: string;
}

interface DecisionRow {
  readonly system: string;
  readonly code: string;
  readonly display: string | null;
  readonly relationship: Relationship;
  readonly target_system: string | null;
  readonly target_code: string | null;
  readonly target_display: string | null;
  readonly comment: string | null;
}

const columns = `d.draft_id::text AS draft_id, d.feed, d.map, d.state, d.author, d.comment, d.proposed_at, d.reviewer,
  d.review, d.decided_at, d.number, d.version,
  (SELECT json_agg(row_to_json(c) ORDER BY c.ordinal) FROM code_map_decision c
   WHERE c.draft_id = d.draft_id)::text AS decisions`;

const proposeSql = `
WITH draft AS (
  INSERT INTO code_map_draft (feed, map, author, comment) VALUES ($1, $2, $3, $4) RETURNING draft_id
),
decided AS (
  INSERT INTO code_map_decision (draft_id, ordinal, system, code, display, relationship, target_system, target_code,
                                 target_display, comment)
  SELECT draft.draft_id, i.ordinal, i.system, i.code, i.display, i.relationship, i.target_system, i.target_code,
         i.target_display, i.comment
  FROM draft, unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
    WITH ORDINALITY AS i(system, code, display, relationship, target_system, target_code, target_display, comment,
                         ordinal)
)
SELECT draft_id::text AS draft_id FROM draft`;

/** Answers the draft's id. */
export async function propose(db: Session, { feed, map, author, comment, decisions }: Proposal): Promise<string> {
  const column = (of: (decision: CodeDecision) => string | undefined) => decisions.map((each) => kept(of(each)));
  const [row] = await db.query<{ draft_id: string }>(proposeSql, [
    feed,
    map,
    kept(author),
    kept(comment),
    column(({ system }) => system),
    column(({ code }) => code),
    column(({ display }) => display),
    column(({ relationship }) => relationship),
    column(({ target }) => target?.system),
    column(({ target }) => target?.code),
    column(({ target }) => target?.display),
    column((decision) => decision.comment),
  ]);
  return row!.draft_id;
}

const kept = (text: string | undefined): string | null => (text === undefined ? null : storable(text));

export async function one(db: Session, draftId: string): Promise<Draft | undefined> {
  if (!isUuid(draftId)) return undefined;
  const sql = `SELECT ${columns} FROM code_map_draft d WHERE d.draft_id = $1::uuid`;
  const [row] = await db.query<DraftRow>(sql, [draftId]);
  return row && draftOf(row);
}

const listSql = `
SELECT ${columns} FROM code_map_draft d
WHERE ($1::text IS NULL OR d.feed = $1) AND ($2::text IS NULL OR d.map = $2) AND ($3::text IS NULL OR d.state = $3)
ORDER BY d.proposed_at DESC, d.draft_id LIMIT $4`;

export async function list(db: Session, query: DraftQuery): Promise<readonly Draft[]> {
  const { feed = null, map = null, state = null, limit = 50 } = query;
  return (await db.query<DraftRow>(listSql, [feed, map, state, limit])).map(draftOf);
}

const approvedSql = `
SELECT ${columns} FROM code_map_draft d
WHERE d.state = 'approved' AND d.feed = $1 ORDER BY d.map, d.number`;

export const approved = async (db: Session, feed: string): Promise<readonly Draft[]> =>
  (await db.query<DraftRow>(approvedSql, [feed])).map(draftOf);

const approvalsSql = `
SELECT feed, count(*)::integer AS drafts FROM code_map_draft WHERE state = 'approved' GROUP BY feed ORDER BY feed`;

/** How many drafts are approved for each feed that has any. */
export const approvals = (db: Session): Promise<readonly { readonly feed: string; readonly drafts: number }[]> =>
  db.query<{ feed: string; drafts: number }>(approvalsSql);

const pastSql = `
SELECT d.feed, d.map, d.state, row_to_json(c)::text AS decision
FROM code_map_decision c JOIN code_map_draft d ON d.draft_id = c.draft_id
WHERE d.state <> 'proposed' AND (c.code = ANY ($1::text[]) OR lower(c.display) = ANY ($2::text[]))
ORDER BY d.decided_at DESC, c.ordinal LIMIT 1000`;

interface PastRow extends Omit<PastDecision, 'decision'> {
  readonly decision: string;
}

export async function past(
  db: Session,
  codes: readonly string[],
  names: readonly string[],
): Promise<readonly PastDecision[]> {
  const rows = await db.query<PastRow>(pastSql, [codes, names.map((name) => name.toLowerCase())]);
  return rows.map(({ decision, ...row }) => ({ ...row, decision: decisionOf(JSON.parse(decision) as DecisionRow) }));
}

// A version is one more than the last: whoever saw fewer has looked at another version than this would make.
const decideSql = `
UPDATE code_map_draft d
SET state = $2, reviewer = $3, review = $4, number = $5, version = $6, decided_at = date_trunc('milliseconds', now())
WHERE d.draft_id = $1::uuid AND d.state = 'proposed'
  AND ($5::integer IS NULL OR $5::integer = 1 + (
    SELECT count(*) FROM code_map_draft o WHERE o.feed = d.feed AND o.map = d.map AND o.state = 'approved'))
RETURNING d.draft_id`;

/** False when it was decided about already, or another version came between. */
export async function decide(db: Session, draftId: string, verdict: Verdict): Promise<boolean> {
  const { state, reviewer, review } = verdict;
  const made = verdict.state === 'approved' ? [verdict.number, verdict.version] : [null, null];
  return (await db.query(decideSql, [draftId, state, kept(reviewer), kept(review), ...made])).length > 0;
}

const draftOf = (row: DraftRow): Draft => ({
  draftId: row.draft_id,
  feed: row.feed,
  map: row.map,
  state: row.state,
  author: row.author,
  proposedAt: row.proposed_at.toISOString(),
  ...(row.comment !== null && { comment: row.comment }),
  ...(row.reviewer !== null && { reviewer: row.reviewer }),
  ...(row.review !== null && { review: row.review }),
  ...(row.decided_at !== null && { decidedAt: row.decided_at.toISOString() }),
  ...(row.number !== null && { number: row.number }),
  ...(row.version !== null && { version: row.version }),
  decisions: (JSON.parse(row.decisions) as DecisionRow[]).map(decisionOf),
});

const decisionOf = (row: DecisionRow): CodeDecision => ({
  system: row.system,
  code: row.code,
  relationship: row.relationship,
  ...(row.display !== null && { display: row.display }),
  ...(row.target_system !== null && row.target_code !== null && { target: targetOf(row) }),
  ...(row.comment !== null && { comment: row.comment }),
});

const targetOf = ({ target_system, target_code, target_display }: DecisionRow) => ({
  system: target_system ?? '',
  code: target_code ?? '',
  ...(target_display !== null && { display: target_display }),
});
