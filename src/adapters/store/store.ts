// What the gateway remembers: payloads, messages and their runs, canonical resources with their lineage, what is held,
// and the events still to be told. One transaction per message.
import type { Draft, Proposal } from '../../governance/draft.js';
import type { Envelope } from '../../model/envelope.js';
import type { Issue } from '../../model/issue.js';
import type { Outcome, PayloadOutcome } from '../../pipeline/outcome.js';
import { curatedStore, type CuratedStore } from './curated.js';
import type { Db, StoreDescription } from './db.js';
import * as drafts from './drafts.js';
import * as events from './events.js';
import * as messages from './messages.js';
import * as quarantine from './quarantine.js';
import * as reconciliation from './reconciliation.js';
import { recorder } from './record.js';
import type {
  Closing,
  CodesOfMap,
  DraftQuery,
  MessageQuery,
  MessageRecord,
  MessageSummary,
  PastDecision,
  QuarantineEntry,
  QuarantineQuery,
  Recorded,
  RecordedRefusal,
  RecordOptions,
  ReconciliationEntry,
  ReconciliationQuery,
  ResidualCount,
  ResourceVersion,
  StoredMessage,
  StoredPayload,
  StoreEvent,
  Verdict,
  VersionLineage,
  WorklistEntry,
  WorklistQuery,
} from './records.js';
import * as resources from './resources.js';
import * as storedMessages from './stored-messages.js';
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
  mismatch(reconciliationId: string): Promise<ReconciliationEntry | undefined>;
  /** Keeps what a person makes of a mismatch. False when it is not open (any more). */
  closeMismatch(reconciliationId: string, closing: Closing): Promise<boolean>;
  /** Keeps a proposal; answers it as a draft. */
  propose(proposal: Proposal): Promise<Draft>;
  draft(draftId: string): Promise<Draft | undefined>;
  /** Newest first. */
  drafts(query?: DraftQuery): Promise<readonly Draft[]>;
  /** How many drafts are approved for each feed that has any. */
  approvals(): Promise<readonly { readonly feed: string; readonly drafts: number }[]>;
  /** Of a feed, by map in the order of their approval. */
  approvedDrafts(feed: string): Promise<readonly Draft[]>;
  /** What was decided on these codes, or on codes that go by one of these names (in whatever case); newest first. */
  pastDecisions(codes: readonly string[], names: readonly string[]): Promise<readonly PastDecision[]>;
  /** False when the draft was decided about already, or another version of its map came between. */
  decideDraft(draftId: string, verdict: Verdict): Promise<boolean>;
  /** Held messages of a feed that never ran on the release (its digest), in the order they were held. */
  waitingMessages(feed: string, release: string, limit: number): Promise<readonly StoredMessage[]>;
  /** Messages of a feed: those that met the codes without a row, held ones first, then the newest of the others. */
  touchedMessages(feed: string, codes: CodesOfMap, limit: number): Promise<readonly StoredMessage[]>;
  payload(digest: string): Promise<StoredPayload | undefined>;
  /** The terminology that people curate. */
  readonly curated: CuratedStore;
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
  curated: curatedStore(db),
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
  mismatch: (reconciliationId) => reconciliation.one(db, reconciliationId),
  closeMismatch: (reconciliationId, closing) => reconciliation.close(db, reconciliationId, closing),
  propose: async (proposal) => (await drafts.one(db, await drafts.propose(db, proposal)))!,
  draft: (draftId) => drafts.one(db, draftId),
  drafts: (query = {}) => drafts.list(db, query),
  approvals: () => drafts.approvals(db),
  approvedDrafts: (feed) => drafts.approved(db, feed),
  pastDecisions: (codes, names) => drafts.past(db, codes, names),
  decideDraft: (draftId, verdict) => drafts.decide(db, draftId, verdict),
  waitingMessages: (feed, release, limit) => storedMessages.waiting(db, feed, release, limit),
  touchedMessages: (feed, codes, limit) => storedMessages.touched(db, feed, codes, limit),
  payload: (digest) => messages.payload(db, digest),
  pendingEvents: (limit = 100) => events.pending(db, limit),
  markDelivered: (eventIds) => events.markDelivered(db, eventIds),
  ping: async () => void (await db.query('SELECT 1')),
  close: () => db.close(),
});
