// Messages merged into what stands, in their order: from outcomes to what is written of each resource.
import { contentHash } from '../../canonical/digest.js';
import type { Mismatch } from '../../pipeline/mismatch.js';
import { isPublished } from '../../pipeline/disposition.js';
import type { Disposition, Outcome } from '../../pipeline/outcome.js';
import { reconcile, resourceKey, resourcesOf, type ReconciledResource } from '../../pipeline/reconcile.js';
import type { Session } from './db.js';
import { originsText } from './origins-text.js';
import type { ResourceToWrite } from './record-values.js';
import type { StoredResource } from './records.js';
import { storedText } from './resource-text.js';
import { lockStanding, type HeldResource, type ToldResource } from './standing.js';

/** A message that is ready to be written. */
export interface SettledMessage {
  readonly outcome: Outcome;
  readonly resources: readonly ResourceToWrite[];
  /** Sorted by type and id. */
  readonly stored: readonly StoredResource[];
  readonly mismatches: readonly Mismatch[];
  readonly settled: readonly Mismatch[];
}

/** A message that is not published has nothing to merge. */
export const unpublished = (outcome: Outcome): SettledMessage => ({
  outcome,
  resources: [],
  stored: [],
  mismatches: [],
  settled: [],
});

/** How a message was recorded before. */
interface Standing {
  readonly release: string;
  readonly disposition: Disposition;
  readonly decided_by: string | null;
}

const standingSql = `
SELECT m.message_id::text AS message_id, m.release, m.disposition, run.decided_by
FROM message m JOIN run ON run.run_id = m.run_id WHERE m.message_id = ANY ($1::uuid[])`;

async function readMessages(session: Session, outcomes: readonly Outcome[]): Promise<Map<string, Standing>> {
  const ids = outcomes.map(({ messageId }) => messageId);
  const rows = await session.query<Standing & { readonly message_id: string }>(standingSql, [ids]);
  return new Map(rows.map((row) => [row.message_id, row]));
}

/**
 * Merges each outcome into what stands, the next one into what it leaves. Within a transaction: it locks what is read.
 *
 * @param releaseOf the digest of an outcome's release: a message that was published on it before is a repeat, which says
 * nothing new, however late it comes.
 */
export async function settle(
  session: Session,
  outcomes: readonly Outcome[],
  releaseOf: (outcome: Outcome) => string,
): Promise<readonly SettledMessage[]> {
  const told = outcomes.map(toldBy);
  // The locks first: what the others read is what those left who held them.
  const [standing, known] = await Promise.all([lockStanding(session, told.flat()), readMessages(session, outcomes)]);
  return outcomes.map((outcome, at) => {
    const before = known.get(outcome.messageId);
    if (!isPublished(outcome.disposition)) return unpublished(outcome);
    const release = releaseOf(outcome);
    if (before?.release === release && isPublished(before.disposition)) return repeated(outcome, before, standing);
    const settled = merged(outcome, standing, told[at]!);
    const { disposition, report } = settled.outcome;
    // It may come twice at one moment.
    known.set(outcome.messageId, { release, disposition, decided_by: report.decidedBy ?? null });
    return settled;
  });
}

const toldBy = ({ disposition, bundle }: Outcome): ToldResource[] =>
  isPublished(disposition) ? resourcesOf(bundle).map((told) => ({ ...told, hash: contentHash(wholeOf(told)) })) : [];

/** It stays what it was recorded as, and tells which versions stand now. */
function repeated(outcome: Outcome, before: Standing, standing: ReadonlyMap<string, HeldResource>): SettledMessage {
  const { decidedBy: _, ...report } = outcome.report;
  const decidedBy = before.decided_by;
  return {
    ...unpublished({
      ...outcome,
      disposition: before.disposition,
      report: { ...report, ...(decidedBy !== null && { decidedBy }) },
    }),
    stored: inOrder(
      resourcesOf(outcome.bundle).map(({ type, id }) => {
        const { version } = standing.get(resourceKey({ type, id })) ?? { version: 0 };
        return { type, id, versionId: String(version), created: false };
      }),
    ),
  };
}

function merged(outcome: Outcome, standing: Map<string, HeldResource>, told: readonly ToldResource[]): SettledMessage {
  const { resources, ...rest } = reconcile(outcome, standing);
  const changes = resources.map((resource, at) =>
    changeOf(resource, standing.get(resourceKey(resource)), told[at]!.hash),
  );
  for (const { held, key } of changes) standing.set(key, held);
  return {
    ...rest,
    resources: changes.flatMap(({ write }) => write ?? []),
    stored: inOrder(changes.map(({ stored }) => stored)),
  };
}

interface Change {
  readonly key: string;
  readonly held: HeldResource;
  readonly stored: StoredResource;
  /** Absent where nothing is to be written, not even who said it last. */
  readonly write?: ResourceToWrite;
}

/** What nobody spoke of before stands as it is told. */
function changeOf(resource: ReconciledResource, before: HeldResource | undefined, toldHash: string): Change {
  const { type, id, touched } = resource;
  const text = touched ? storedText(wholeOf(resource), before === undefined ? toldHash : undefined) : undefined;
  const created = text !== undefined && text.hash !== before?.hash;
  const version = (before?.version ?? 0) + Number(created);
  const origins = originsText(resource.origins);
  return {
    key: resourceKey(resource),
    held: { ...resource, version, hash: text?.hash ?? before!.hash, originsText: origins },
    stored: { type, id, versionId: String(version), created },
    ...((created || origins !== before?.originsText) && {
      write: { type, id, version, origins, ...(created && { content: { text, leaves: resource.leaves() } }) },
    }),
  };
}

/** A version says which message wrote it. */
function wholeOf({
  type,
  id,
  source,
  content: { meta, ...content },
}: Pick<ReconciledResource, 'type' | 'id' | 'source' | 'content'>) {
  const said = { ...(source !== undefined && { source }), ...(meta as object | undefined) };
  return { resourceType: type, id, meta: said, ...content };
}

const inOrder = (stored: StoredResource[]): StoredResource[] =>
  stored.sort((a, b) => (a.type === b.type ? (a.id < b.id ? -1 : 1) : a.type < b.type ? -1 : 1));
