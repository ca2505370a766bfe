// What stands of the resources that messages speak of, read for a merge. Their heads are locked first, all at once and in
// one order, those not there yet by a head of version 0: gateways that write the same resources wait for one another,
// never in a circle, and what is read after the lock is what the last of them wrote.
import type { JsonObject } from '../../model/json.js';
import type { Mismatch } from '../../pipeline/mismatch.js';
import { resourceKey, type StandingResource } from '../../pipeline/reconcile.js';
import type { Session } from './db.js';
import { lineageOf } from './lineage-text.js';
import { originsOf } from './origins-text.js';
import { jsonOf, saidIn } from './resource-text.js';

export interface HeldResource extends StandingResource {
  readonly version: number;
  readonly hash: string;
  readonly originsText: string;
}

/** A resource that a message speaks of, and what it says: what stands is often the same, and then need not be read. */
export interface ToldResource {
  readonly type: string;
  readonly id: string;
  /** See contentHash. */
  readonly hash: string;
  readonly content: JsonObject;
}

// A row that meets its like is locked before the condition is looked at, and stays as it is (PostgreSQL, INSERT).
const lockSql = `
INSERT INTO resource AS r (type, id, version)
SELECT i.type, i.id, 0 FROM unnest($1::text[], $2::text[]) AS i(type, id) ORDER BY i.type, i.id
ON CONFLICT (type, id) DO UPDATE SET version = r.version WHERE false`;

// Row by row, by the keys: what the planner believes of a table that grows must not make it read all of one.
const readSql = `
SELECT i.type, i.id, r.version, r.origins::text AS origins, v.content_hash AS hash, m.open,
       CASE WHEN v.content_hash <> i.hash THEN v.meta END AS meta,
       CASE WHEN v.content_hash <> i.hash THEN v.content END AS content,
       CASE WHEN v.content_hash <> i.hash THEN v.lineage::text END AS lineage
FROM unnest($1::text[], $2::text[], $3::text[]) AS i(type, id, hash)
CROSS JOIN LATERAL (SELECT * FROM resource r WHERE r.type = i.type AND r.id = i.id LIMIT 1) r
CROSS JOIN LATERAL (
  SELECT * FROM resource_version v WHERE v.type = i.type AND v.id = i.id AND v.version = r.version LIMIT 1
) v
CROSS JOIN LATERAL (
  SELECT json_build_object('open', json_agg(json_build_object(
           'messageId', m.message_id, 'type', m.type, 'id', m.id, 'element', m.element, 'reason', m.reason,
           'decidedBy', m.decided_by, 'refused', m.refused, 'kept', m.kept, 'other', m.other)
           ORDER BY m.reconciliation_id))::text AS open
  FROM reconciliation m WHERE m.type = i.type AND m.id = i.id AND m.settled_at IS NULL
) m`;

interface StandingRow {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly origins: string;
  readonly hash: string;
  readonly open: string;
  /** Null, as the next two are, where what stands is what was told. */
  readonly content: string | null;
  readonly meta: string | null;
  readonly lineage: string | null;
}

/** What stands of each resource, by `Type/id`; nothing of one that has no version yet. Locks them all. */
export async function lockStanding(
  session: Session,
  told: readonly ToldResource[],
): Promise<Map<string, HeldResource>> {
  const asked = new Map<string, ToldResource>();
  for (const each of told) {
    const key = resourceKey(each);
    const other = asked.get(key);
    // Messages that do not say the same need what stands as it is.
    asked.set(key, other === undefined || other.hash === each.hash ? each : { ...each, hash: '' });
  }
  const all = [...asked.values()];
  const keys = [all.map(({ type }) => type), all.map(({ id }) => id)];
  const [, rows] = await Promise.all([
    session.query(lockSql, keys),
    session.query<StandingRow>(readSql, [...keys, all.map(({ hash }) => hash)]),
  ]);
  return new Map(rows.map((row) => [resourceKey(row), heldOf(row, asked.get(resourceKey(row))!)]));
}

function heldOf({ type, version, hash, origins, open, ...stored }: StandingRow, told: ToldResource): HeldResource {
  const { meta, content: text, lineage } = stored;
  const content = meta === null || text === null ? told.content : saidIn({ meta, content: text });
  return {
    version,
    hash,
    content,
    originsText: origins,
    origins: originsOf(origins, type, content),
    leaves: () => (lineage === null ? [] : lineageOf(lineage)),
    open: (jsonOf(open)['open'] ?? []) as unknown as readonly Mismatch[],
  };
}
