// What the gateway remembers: payloads, messages and their runs, canonical resources with their lineage, what is held,
// and the events still to be told. One transaction per message.
import type { Envelope } from '../../model/envelope.js';
import type { Issue } from '../../model/issue.js';
import type { Outcome, PayloadOutcome } from '../../pipeline/outcome.js';
import type { Db, StoreDescription } from './db.js';
import * as events from './events.js';
import * as messages from './messages.js';
import * as quarantine from './quarantine.js';
import * as reconciliation from './reconciliation.js';
import { recorder } from './record.js';
import type {
  MessageQuery,
  MessageRecord,
  MessageSummary,
  QuarantineEntry,
  QuarantineQuery,
  Recorded,
  RecordedRefusal,
  RecordOptions,
  ReconciliationEntry,
  ReconciliationQuery,
  ResidualCount,
  ResourceVersion,
  StoredPayload,
  StoreEvent,
  VersionLineage,
  WorklistEntry,
  WorklistQuery,
} from './records.js';
import * as resources from './resources.js';
import * as worklist from './worklist.js';

export type * from './records.js';

export interface Store {
  describe(): StoreDescription;
  /** Records one message in one transaction: a published one with its resources, any other into the quarantine. */
  recordOutcome(envelope: Envelope, outcome: Outcome, options?: RecordOptions): Promise<Recorded>;
  /** Keeps a payload that could not be read at all, with the reason. */
  recordRefusal(envelope: Envelope, issues: readonly Issue[]): Promise<RecordedRefusal>;
  /** Records all messages of a payload in their order, or its refusal; answers one entry per outcome. */
  recordPayload(payload: PayloadOutcome, options?: RecordOptions): Promise<readonly Recorded[]>;
  readResource(type: string, id: string): Promise<ResourceVersion | undefined>;
  readVersion(type: string, id: string, versionId: string): Promise<ResourceVersion | undefined>;
  /** Every version, newest first. */
  history(type: string, id: string): Promise<readonly ResourceVersion[]>;
  /** Where the leaves of the current version came from. */
  lineage(type: string, id: string): Promise<VersionLineage | undefined>;
  messages(query?: MessageQuery): Promise<readonly MessageSummary[]>;
  message(messageId: string): Promise<MessageRecord | undefined>;
  quarantined(query?: QuarantineQuery): Promise<readonly QuarantineEntry[]>;
  quarantineEntry(quarantineId: string): Promise<QuarantineEntry | undefined>;
  /** Residuals of the messages' deciding runs, by path, most frequent first. */
  residualSummary(feed: string): Promise<readonly ResidualCount[]>;
  /** Codes without a row in their map: those that hold messages first, then those of most messages. */
  worklist(query?: WorklistQuery): Promise<readonly WorklistEntry[]>;
  /** Where messages contradicted one another, newest first. */
  reconciliation(query?: ReconciliationQuery): Promise<readonly ReconciliationEntry[]>;
  payload(digest: string): Promise<StoredPayload | undefined>;
  /** Events not yet delivered, oldest first. */
  pendingEvents(limit?: number): Promise<readonly StoreEvent[]>;
  markDelivered(eventIds: readonly string[]): Promise<void>;
  /** Throws a GatewayError (`unavailable`) when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The store over a database whose schema is up to date (see migrate.ts). */
export const storeOver = (db: Db): Store => ({
  ...recorder(db),
  describe: () => db.describe(),
  readResource: (type, id) => resources.current(db, type, id),
  readVersion: (type, id, versionId) => resources.version(db, type, id, versionId),
  history: (type, id) => resources.history(db, type, id),
  lineage: (type, id) => resources.lineage(db, type, id),
  messages: (query = {}) => messages.list(db, query),
  message: (messageId) => messages.one(db, messageId),
  quarantined: (query = {}) => quarantine.list(db, query),
  quarantineEntry: (quarantineId) => quarantine.one(db, quarantineId),
  residualSummary: (feed) => messages.residualSummary(db, feed),
  worklist: (query = {}) => worklist.list(db, query),
  reconciliation: (query = {}) => reconciliation.list(db, query),
  payload: (digest) => messages.payload(db, digest),
  pendingEvents: (limit = 100) => events.pending(db, limit),
  markDelivered: (eventIds) => events.markDelivered(db, eventIds),
  ping: async () => void (await db.query('SELECT 1')),
  close: () => db.close(),
});
