// The shapes of what is remembered, as the store's callers see them.
import type { Draft } from '../../governance/draft.js';
import type { Issue, Position } from '../../model/issue.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Pins } from '../../model/release.js';
import type { CodeDecision } from '../../terminology/concept-maps/decisions.js';
import type { Mismatch } from '../../pipeline/mismatch.js';
import type { Disposition, Outcome, Report } from '../../pipeline/outcome.js';

/** CPU or wall time of the steps, in milliseconds. */
export type Timings = Readonly<Record<string, number>>;

export interface StoredResource {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  /** True when this message wrote that version; false when it said nothing new. */
  readonly created: boolean;
}

export interface Recorded {
  /** As it was recorded: what stood may have given it issues, and by them another disposition. */
  readonly outcome: Outcome;
  /** Sorted by type and id; empty for a message that was not published. */
  readonly stored: readonly StoredResource[];
  /** The same message ran on the same release before: its receipt was noted, nothing else. */
  readonly duplicate: boolean;
}

export interface RecordedRefusal {
  readonly quarantineId: string;
  readonly duplicate: boolean;
}

export interface ResourceVersion {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  /** ISO 8601, UTC. */
  readonly lastUpdated: string;
  readonly messageId: string;
  readonly contentHash: string;
  /** The resource as FHIR JSON text: decimals keep their digits. */
  readonly text: string;
}

export interface VersionLineage {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly messageId: string;
  readonly feed: string;
  /** SHA-256 of the payload the message came in. */
  readonly payload: string;
  readonly pins: Pins;
  readonly leaves: readonly MessageLeaf[];
  /** The other messages that leaves came from. */
  readonly others: readonly { readonly messageId: string; readonly feed: string; readonly payload: string }[];
}

/** A leaf whose positions are those of another message than the version's own names it. */
export interface MessageLeaf extends LeafLineage {
  readonly messageId?: string;
}

export interface MessageSummary {
  readonly messageId: string;
  readonly feed: string;
  readonly payload: string;
  readonly index: number;
  readonly messageType: string;
  readonly disposition: Disposition;
  readonly receivedAt: string;
  /** The run that decided; also the cursor of lists, newest first. */
  readonly runId: string;
}

export interface Run {
  readonly runId: string;
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** The same message on the same release again; it has no report of its own. */
  readonly repeat: boolean;
  readonly disposition: Disposition;
  readonly decidedBy?: string;
  readonly bundleDigest?: string;
  readonly releaseDigest: string;
  readonly pins: Pins;
  readonly report?: Report;
  readonly timings?: Timings;
}

export interface MessageRecord extends MessageSummary {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly resources: readonly Omit<StoredResource, 'created'>[];
  /** Where it contradicts another message, or another it; oldest first. */
  readonly reconciliation: readonly ReconciliationEntry[];
}

/** Two messages that contradict one another. `messageId` is the one whose publishing met it. */
export interface ReconciliationEntry extends Mismatch {
  /** Also the cursor of lists, newest first. */
  readonly reconciliationId: string;
  readonly state: 'open' | 'closed' | 'settled';
  readonly notedAt: string;
  /** What a person made of it; it stays when a message ends the mismatch later. */
  readonly closing?: MadeClosing;
  /** When a message came that ended it. */
  readonly settledAt?: string;
}

/** What a person makes of a mismatch. Nothing that stands is changed by it. */
export interface Closing {
  readonly reviewer: string;
  /** `kept`: what stands is right, the other side is not. `accepted`: both may go on to differ. */
  readonly resolution: 'kept' | 'accepted';
  readonly comment?: string | undefined;
}

export interface MadeClosing extends Closing {
  readonly closedAt: string;
}

export interface ReconciliationQuery {
  /** That sent either side. */
  readonly feed?: string;
  readonly type?: string;
  readonly id?: string;
  readonly state?: ReconciliationEntry['state'];
  /** The `reconciliationId` of the last entry of the page before. */
  readonly before?: string;
  /** At most this many; 50 when absent. */
  readonly limit?: number;
}

export interface MessageQuery {
  readonly feed?: string;
  readonly disposition?: Disposition;
  /** SHA-256 of a payload. */
  readonly payload?: string;
  /** The `runId` of the last message of the page before. */
  readonly before?: string;
  /** At most this many; 50 when absent. */
  readonly limit?: number;
}

export interface QuarantineEntry {
  readonly quarantineId: string;
  readonly feed: string;
  readonly payload: string;
  /** Absent when the payload as a whole was refused. */
  readonly index?: number;
  readonly messageId?: string;
  readonly messageType: string;
  readonly disposition: Disposition;
  /** The code of the issue that decided. */
  readonly decidedBy?: string;
  readonly issues: readonly Issue[];
  readonly receivedAt: string;
  readonly heldAt: string;
  /** How often it was refused; a repeat on the same release does not count. */
  readonly times: number;
  /** When a later run published the message. */
  readonly resolvedAt?: string;
}

export interface QuarantineQuery {
  readonly feed?: string;
  /** Also those resolved since. */
  readonly resolved?: boolean;
  readonly limit?: number;
}

export interface ResidualCount {
  /** The source path without repetition numbers. */
  readonly path: string;
  readonly values: number;
  readonly messages: number;
}

/** A source code that its map has no row for, over all messages whose deciding run met it. */
export interface WorklistEntry {
  readonly feed: string;
  /** The code map's name. */
  readonly map: string;
  /** '' where neither the sender nor the map names one. */
  readonly system: string;
  readonly code: string;
  /** What senders call it; more than one is a sign that the code means several things. */
  readonly displays: readonly string[];
  /** How many places hold it. */
  readonly values: number;
  readonly messages: number;
  /** How many of the messages are held. */
  readonly held: number;
  /** When the first and the last of the messages were received. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Of the newest messages. */
  readonly examples: readonly {
    readonly messageId: string;
    readonly disposition: Disposition;
    readonly position: Position;
  }[];
  /** The newest draft that decides about it and waits for a reviewer. */
  readonly draft?: string;
}

export interface WorklistQuery {
  readonly feed?: string;
  readonly map?: string;
  /** At most this many; 50 when absent. */
  readonly limit?: number;
  readonly offset?: number;
}

export interface DraftQuery {
  readonly feed?: string;
  readonly map?: string;
  readonly state?: Draft['state'];
  /** At most this many; 50 when absent. */
  readonly limit?: number;
}

/** What a reviewer decided about a draft; an approval says which version it makes. */
export type Verdict = {
  readonly reviewer: string;
  readonly review?: string;
} & ({ readonly state: 'refused' } | { readonly state: 'approved'; readonly number: number; readonly version: string });

/** What people decided on a code before. */
export interface PastDecision {
  readonly feed: string;
  readonly map: string;
  readonly state: 'approved' | 'refused';
  readonly decision: CodeDecision;
}

/** A message where it was received: what is needed to run it again. */
export interface StoredMessage {
  /** SHA-256 of its payload. */
  readonly payload: string;
  /** Its position in it. */
  readonly index: number;
  readonly receivedAt: string;
}

export interface CodesOfMap {
  readonly map: string;
  readonly codes: readonly string[];
}

export interface StoredPayload {
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Oldest first. */
  readonly receipts: readonly { readonly feed: string; readonly receivedAt: string; readonly name?: string }[];
}

export interface StoreEvent {
  readonly eventId: string;
  readonly kind: string;
  readonly feed: string;
  readonly messageId?: string;
  readonly createdAt: string;
  /** Types, ids and versions; never content. */
  readonly payload: unknown;
}

export interface RecordOptions {
  readonly timings?: Timings;
}
