// Reading what was received: messages, their runs, their payloads and what was left over.
import type { Pins } from '../../model/release.js';
import type { Disposition, Report } from '../../pipeline/outcome.js';
import type { Session } from './db.js';
import { ofMessage } from './reconciliation.js';
import type {
  MessageQuery,
  MessageRecord,
  MessageSummary,
  ResidualCount,
  Run,
  StoredPayload,
  Timings,
} from './records.js';
import { isUuid } from './uuid.js';

interface MessageRow {
  readonly message_id: string;
  readonly feed: string;
  readonly payload: string;
  readonly ordinal: number;
  readonly message_type: string;
  readonly disposition: Disposition;
  readonly received_at: Date;
  readonly run_id: string;
}

const columns = `message_id::text AS message_id, feed, payload, ordinal, message_type, disposition, received_at,
  run_id::text AS run_id`;

const listSql = `
SELECT ${columns} FROM message
WHERE ($1::text IS NULL OR feed = $1) AND ($2::text IS NULL OR disposition = $2)
  AND ($3::text IS NULL OR payload = $3) AND ($4::bigint IS NULL OR message.run_id < $4::bigint)
ORDER BY message.run_id DESC LIMIT $5`;

export async function list(db: Session, query: MessageQuery): Promise<readonly MessageSummary[]> {
  const { feed = null, disposition = null, payload = null, before = null, limit = 50 } = query;
  if (before !== null && !/^\d{1,18}$/.test(before)) return [];
  return (await db.query<MessageRow>(listSql, [feed, disposition, payload, before, limit])).map(summaryOf);
}

const summaryOf = (row: MessageRow): MessageSummary => ({
  messageId: row.message_id,
  feed: row.feed,
  payload: row.payload,
  index: row.ordinal,
  messageType: row.message_type,
  disposition: row.disposition,
  receivedAt: row.received_at.toISOString(),
  runId: row.run_id,
});

export async function one(db: Session, messageId: string): Promise<MessageRecord | undefined> {
  if (!isUuid(messageId)) return undefined;
  const [row] = await db.query<MessageRow>(`SELECT ${columns} FROM message WHERE message_id = $1::uuid`, [messageId]);
  if (row === undefined) return undefined;
  return {
    ...summaryOf(row),
    runs: await runsOf(db, messageId),
    resources: await resourcesOf(db, messageId),
    reconciliation: await ofMessage(db, messageId),
  };
}

interface RunRow {
  readonly run_id: string;
  readonly received_at: Date;
  readonly recorded_at: Date;
  readonly repeat: boolean;
  readonly disposition: Disposition;
  readonly decided_by: string | null;
  readonly bundle_digest: string | null;
  readonly release: string;
  readonly pins: string;
  readonly report: string | null;
  readonly timings: string | null;
}

const runsSql = `
SELECT run_id::text AS run_id, received_at, recorded_at, repeat, disposition, decided_by, bundle_digest, release,
       release.pins::text AS pins, report::text AS report, timings::text AS timings
FROM run JOIN release ON release.digest = run.release
WHERE message_id = $1::uuid ORDER BY run.run_id DESC LIMIT 100`;

const runsOf = async (db: Session, messageId: string): Promise<Run[]> =>
  (await db.query<RunRow>(runsSql, [messageId])).map((row) => ({
    runId: row.run_id,
    receivedAt: row.received_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    repeat: row.repeat,
    disposition: row.disposition,
    releaseDigest: row.release,
    pins: JSON.parse(row.pins) as Pins,
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
    ...(row.bundle_digest === null ? {} : { bundleDigest: row.bundle_digest }),
    ...(row.report === null ? {} : { report: JSON.parse(row.report) as Report }),
    ...(row.timings === null ? {} : { timings: JSON.parse(row.timings) as Timings }),
  }));

const resourcesSql = `
SELECT v.type, v.id, v.version FROM run JOIN resource_version v ON v.run_id = run.run_id
WHERE run.message_id = $1::uuid ORDER BY v.type, v.id, v.version`;

const resourcesOf = async (db: Session, messageId: string) =>
  (await db.query<{ type: string; id: string; version: number }>(resourcesSql, [messageId])).map(
    ({ type, id, version }) => ({ type, id, versionId: String(version) }),
  );

const residualSql = `
SELECT r.path, sum(r.count)::integer AS values, count(*)::integer AS messages
FROM residual r JOIN message m ON m.run_id = r.run_id
WHERE r.feed = $1 GROUP BY r.path ORDER BY 2 DESC, 1`;

export const residualSummary = (db: Session, feed: string): Promise<readonly ResidualCount[]> =>
  db.query<ResidualCount>(residualSql, [feed]);

const receiptsSql = 'SELECT feed, received_at, name FROM receipt WHERE payload = $1 ORDER BY received_at, feed';

export async function payload(db: Session, digest: string): Promise<StoredPayload | undefined> {
  const [row] = await db.query<{ bytes: Uint8Array }>('SELECT bytes FROM payload WHERE digest = $1', [digest]);
  if (row === undefined) return undefined;
  const receipts = await db.query<{ feed: string; received_at: Date; name: string | null }>(receiptsSql, [digest]);
  return {
    digest,
    bytes: row.bytes,
    receipts: receipts.map(({ feed, received_at, name }) => ({
      feed,
      receivedAt: received_at.toISOString(),
      ...(name === null ? {} : { name }),
    })),
  };
}
