// The terminology resources that people curate, every version of them. Writes are few: they queue for the table, so that
// what one of them saw still holds when it is committed.
import type { Db, Session } from './db.js';

export interface CuratedVersion {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  /** ISO 8601, UTC. */
  readonly lastUpdated: string;
  /** FHIR JSON, with `meta.versionId` and `meta.lastUpdated`; undefined for the version that deleted it. */
  readonly text: string | undefined;
}

export interface CuratedWrite {
  readonly type: string;
  readonly id: string;
  /** `url|version`, `url` without a version: no two resources of a type share it. */
  readonly canonical: string;
  /** The version that the writer saw, of If-Match; absent: whichever. */
  readonly expected?: string | undefined;
  /** Tells whether the content is what stands, whatever its version. */
  isSame(text: string): boolean;
  /** The text of the new version. */
  text(versionId: string, lastUpdated: string): string;
}

/** What became of a write; what was refused changed nothing. */
export type CuratedOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly version: CuratedVersion }
  /** Another version stands than the one expected. */
  | { readonly kind: 'mismatch' }
  /** Another resource has that canonical URL and version. */
  | { readonly kind: 'taken' };

export interface CuratedStore {
  /** All that stand, in the order of types and ids. */
  all(): Promise<readonly CuratedVersion[]>;
  /** The newest version, a deletion too; or the one named. */
  version(type: string, id: string, versionId?: string): Promise<CuratedVersion | undefined>;
  /** Every version, newest first. */
  history(type: string, id: string): Promise<readonly CuratedVersion[]>;
  write(write: CuratedWrite): Promise<CuratedOutcome>;
  /** Undefined where nothing stands. */
  remove(type: string, id: string, expected?: string): Promise<CuratedVersion | 'mismatch' | undefined>;
  /** The number of the last change, '0' before the first: it grows with each. */
  lastChange(): Promise<string>;
}

interface Row {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly content: string | null;
  readonly last_updated: Date;
}

const columns = 'type, id, version, content, last_updated';

export const curatedStore = (db: Db): CuratedStore => ({
  all: async () =>
    (await db.query<Row>(`SELECT ${columns} FROM current_curated WHERE content IS NOT NULL`)).map(versionOf),
  version: (type, id, versionId) => (versionId === undefined ? head(db, type, id) : one(db, type, id, versionId)),
  history: async (type, id) => {
    const sql = `SELECT ${columns} FROM curated_resource WHERE type = $1 AND id = $2 ORDER BY version DESC`;
    return (await db.query<Row>(sql, [type, id])).map(versionOf);
  },
  write: (write) => alone(db, (session) => written(session, write)),
  remove: (type, id, expected) => alone(db, (session) => removed(session, type, id, expected)),
  lastChange: async () => {
    const [row] = await db.query<{ change: string }>(
      'SELECT coalesce(max(change), 0)::text AS change FROM curated_resource',
    );
    return row?.change ?? '0';
  },
});

const alone = <T>(db: Db, work: (session: Session) => Promise<T>): Promise<T> =>
  db.tx(async (session) => {
    await session.query('LOCK TABLE curated_resource IN SHARE ROW EXCLUSIVE MODE');
    return work(session);
  });

async function head(session: Session, type: string, id: string): Promise<CuratedVersion | undefined> {
  const sql = `SELECT ${columns} FROM curated_resource WHERE type = $1 AND id = $2 ORDER BY version DESC LIMIT 1`;
  const [row] = await session.query<Row>(sql, [type, id]);
  return row && versionOf(row);
}

async function one(session: Session, type: string, id: string, versionId: string): Promise<CuratedVersion | undefined> {
  if (!/^[1-9]\d{0,8}$/.test(versionId)) return undefined;
  const sql = `SELECT ${columns} FROM curated_resource WHERE type = $1 AND id = $2 AND version = $3`;
  const [row] = await session.query<Row>(sql, [type, id, Number(versionId)]);
  return row && versionOf(row);
}

async function written(session: Session, write: CuratedWrite): Promise<CuratedOutcome> {
  const { type, id, canonical, expected } = write;
  const known = await head(session, type, id);
  const standing = known?.text === undefined ? undefined : known;
  if (expected !== undefined && standing?.versionId !== expected) return { kind: 'mismatch' };
  if (standing?.text !== undefined && write.isSame(standing.text)) return { kind: 'unchanged', version: standing };
  if (await isTaken(session, type, id, canonical)) return { kind: 'taken' };
  const version = await insert(session, { type, id, canonical, known }, (...of) => write.text(...of));
  return { kind: standing === undefined ? 'created' : 'updated', version };
}

async function isTaken(session: Session, type: string, id: string, canonical: string): Promise<boolean> {
  const sql = `SELECT 1 FROM current_curated WHERE type = $1 AND id <> $2 AND canonical = $3 AND content IS NOT NULL`;
  return (await session.query(sql, [type, id, canonical])).length > 0;
}

async function removed(
  session: Session,
  type: string,
  id: string,
  expected: string | undefined,
): Promise<CuratedVersion | 'mismatch' | undefined> {
  const known = await head(session, type, id);
  if (expected !== undefined && known?.versionId !== expected) return 'mismatch';
  if (known?.text === undefined) return undefined;
  return insert(session, { type, id, canonical: '', known }, () => undefined);
}

interface Next {
  readonly type: string;
  readonly id: string;
  readonly canonical: string;
  /** The version before. */
  readonly known: CuratedVersion | undefined;
}

async function insert(
  session: Session,
  { type, id, canonical, known }: Next,
  textOf: (versionId: string, lastUpdated: string) => string | undefined,
): Promise<CuratedVersion> {
  const [moment] = await session.query<{ now: Date; change: string }>(
    'SELECT now() AS now, (coalesce(max(change), 0) + 1)::text AS change FROM curated_resource',
  );
  const { now, change } = moment!;
  const number = Number(known?.versionId ?? 0) + 1;
  const version = { type, id, versionId: String(number), lastUpdated: now.toISOString() };
  const text = textOf(version.versionId, version.lastUpdated);
  await session.query(
    `INSERT INTO curated_resource (type, id, version, change, canonical, content, last_updated)
     VALUES ($1, $2, $3, $4::bigint, $5, $6, $7)`,
    [type, id, number, change, canonical, text ?? null, now],
  );
  return { ...version, text };
}

const versionOf = ({ type, id, version, content, last_updated }: Row): CuratedVersion => ({
  type,
  id,
  versionId: String(version),
  lastUpdated: last_updated.toISOString(),
  text: content ?? undefined,
});
