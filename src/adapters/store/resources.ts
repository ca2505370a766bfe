// Reading canonical resources, their versions and their lineage.
import type { Pins } from '../../model/release.js';
import { slotOfElement } from '../../pipeline/reconcile.js';
import type { Session } from './db.js';
import { lineageOf } from './lineage-text.js';
import { originsOf } from './origins-text.js';
import type { MessageLeaf, ResourceVersion, VersionLineage } from './records.js';
import { resourceText, saidIn } from './resource-text.js';

interface VersionRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly content_hash: string;
  readonly meta: string;
  readonly content: string;
  readonly last_updated: Date;
  readonly message_id: string;
}

const columns = 'type, id, version, content_hash, meta, content, last_updated, message_id::text AS message_id';

export async function current(db: Session, type: string, id: string): Promise<ResourceVersion | undefined> {
  const sql = `SELECT ${columns} FROM current_resource WHERE type = $1 AND id = $2`;
  const [row] = await db.query<VersionRow>(sql, [type, id]);
  return row && versionOf(row);
}

export async function version(
  db: Session,
  type: string,
  id: string,
  versionId: string,
): Promise<ResourceVersion | undefined> {
  if (!/^[1-9]\d{0,8}$/.test(versionId)) return undefined;
  const sql = `SELECT ${columns} FROM resource_version WHERE type = $1 AND id = $2 AND version = $3`;
  const [row] = await db.query<VersionRow>(sql, [type, id, Number(versionId)]);
  return row && versionOf(row);
}

export async function history(db: Session, type: string, id: string): Promise<readonly ResourceVersion[]> {
  const sql = `SELECT ${columns} FROM resource_version WHERE type = $1 AND id = $2 ORDER BY version DESC`;
  return (await db.query<VersionRow>(sql, [type, id])).map(versionOf);
}

function versionOf(row: VersionRow): ResourceVersion {
  const lastUpdated = row.last_updated.toISOString();
  return {
    type: row.type,
    id: row.id,
    versionId: String(row.version),
    lastUpdated,
    messageId: row.message_id,
    contentHash: row.content_hash,
    text: resourceText({ ...row, lastUpdated }),
  };
}

interface LineageRow {
  readonly version: number;
  readonly message_id: string;
  readonly lineage: string;
  readonly feed: string;
  readonly payload: string;
  readonly pins: string;
  readonly origins: string;
  readonly meta: string;
  readonly content: string;
}

const lineageSql = `
SELECT v.version, v.message_id::text AS message_id, v.lineage::text AS lineage, m.feed, m.payload,
       release.pins::text AS pins, r.origins::text AS origins, v.meta, v.content
FROM current_resource v
JOIN resource r ON r.type = v.type AND r.id = v.id
JOIN message m ON m.message_id = v.message_id
JOIN run ON run.run_id = v.run_id
JOIN release ON release.digest = run.release
WHERE v.type = $1 AND v.id = $2`;

export async function lineage(db: Session, type: string, id: string): Promise<VersionLineage | undefined> {
  const [row] = await db.query<LineageRow>(lineageSql, [type, id]);
  if (row === undefined) return undefined;
  const leaves = leavesOf(row, type);
  return {
    type,
    id,
    versionId: String(row.version),
    messageId: row.message_id,
    feed: row.feed,
    payload: row.payload,
    pins: JSON.parse(row.pins) as Pins,
    leaves,
    others: await messagesOf(db, leaves),
  };
}

/** Whose word an element is, its slot's origin tells. */
function leavesOf(row: LineageRow, type: string): MessageLeaf[] {
  const origins = originsOf(row.origins, type, saidIn(row));
  return lineageOf(row.lineage).map((leaf) => {
    const messageId = origins.get(slotOfElement(type, leaf.element))?.messageId ?? row.message_id;
    return messageId === row.message_id ? leaf : { ...leaf, messageId };
  });
}

const othersSql = `
SELECT message_id::text AS "messageId", feed, payload FROM message WHERE message_id = ANY ($1::uuid[])
ORDER BY run_id`;

async function messagesOf(db: Session, leaves: readonly MessageLeaf[]): Promise<VersionLineage['others']> {
  const ids = new Set(leaves.flatMap(({ messageId }) => messageId ?? []));
  return ids.size === 0 ? [] : db.query<VersionLineage['others'][number]>(othersSql, [[...ids]]);
}
