// What stands of the resources that messages speak of, read for a merge. Their heads are locked first, all at once and in
// one order, those not there yet by a head of version 0: gateways that write the same resources wait for one another,
// never in a circle, and what is read after the lock is what the last of them wrote.
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

interface Key {
  readonly type: string;
  readonly id: string;
}

// A row that meets its like is locked before the condition is looked at, and stays as it is (PostgreSQL, INSERT).
const lockSql = `
INSERT INTO resource AS r (type, id, version)
SELECT i.type, i.id, 0 FROM unnest($1::text[], $2::text[]) AS i(type, id) ORDER BY i.type, i.id
ON CONFLICT (type, id) DO UPDATE SET version = r.version WHERE false`;

const readSql = `
SELECT r.type, r.id, r.version, r.origins::text AS origins, v.content_hash AS hash, v.meta, v.content,
       v.lineage::text AS lineage,
       (SELECT json_build_object('open', json_agg(json_build_object(
                 'messageId', m.message_id, 'type', m.type, 'id', m.id, 'element', m.element, 'reason', m.reason,
                 'decidedBy', m.decided_by, 'refused', m.refused, 'kept', m.kept, 'other', m.other)
                 ORDER BY m.reconciliation_id))
        FROM reconciliation m WHERE m.type = r.type AND m.id = r.id AND m.settled_at IS NULL)::text AS open
FROM unnest($1::text[], $2::text[]) AS i(type, id)
JOIN resource r ON r.type = i.type AND r.id = i.id
JOIN resource_version v ON v.type = r.type AND v.id = r.id AND v.version = r.version`;

interface StandingRow extends Key {
  readonly version: number;
  readonly origins: string;
  readonly hash: string;
  readonly meta: string;
  readonly content: string;
  readonly lineage: string;
  readonly open: string;
}

/** What stands of each resource, by `Type/id`; nothing of one that has no version yet. Locks them all. */
export async function lockStanding(session: Session, keys: readonly Key[]): Promise<Map<string, HeldResource>> {
  const distinct = [...new Map(keys.map((key) => [resourceKey(key), key])).values()];
  const columns = [distinct.map(({ type }) => type), distinct.map(({ id }) => id)];
  const [, rows] = await Promise.all([session.query(lockSql, columns), session.query<StandingRow>(readSql, columns)]);
  return new Map(rows.map((row) => [resourceKey(row), heldOf(row)]));
}

function heldOf({ type, version, hash, origins, lineage, open, ...text }: StandingRow): HeldResource {
  const content = saidIn(text);
  return {
    version,
    hash,
    content,
    originsText: origins,
    origins: originsOf(origins, type, content),
    leaves: () => lineageOf(lineage),
    open: (jsonOf(open)['open'] ?? []) as unknown as readonly Mismatch[],
  };
}
