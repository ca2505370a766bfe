// What the mapping engine hands on: resources without ids, whose references are still instances.
import type { Issue, Position } from './issue.js';
import type { MutableObject } from './json.js';
import type { LeafCounts, LeafLineage } from './lineage.js';
import type { Residual } from './source.js';

/**
 * What a resource's id is made of: UUIDv5(authority, type, key). `message` scope means there was no business key and
 * the key is the resource's place in the payload; `content` that equal content means the same thing (e.g. a
 * practitioner known by name alone).
 */
export interface IdentityKey {
  readonly scope: 'business' | 'content' | 'message';
  /** Assigning authority, or the feed's; '' for content and message scope. */
  readonly authority: string;
  readonly key: string;
  /** True when the source named no authority and the feed's default stands in. */
  readonly assumedAuthority?: boolean;
}

/**
 * A Reference written by a rule; identify() fills in `holder.reference`. The target may be absent from the message's
 * resources: a logical reference by business key to something another message brings (`refer` rules).
 */
export interface PendingReference {
  readonly holder: MutableObject;
  readonly target: MappedResource;
}

export interface MappedResource {
  readonly type: string;
  /** Without `resourceType`, `id` and `meta.source`; those are stamped. */
  readonly content: MutableObject;
  readonly identity: IdentityKey;
  /** In the order written. */
  readonly references: readonly PendingReference[];
  /** Counted over all leaves. */
  readonly counts: LeafCounts;
  /** Renders the lineage of every leaf; cheap until called. */
  lineage(): LeafLineage[];
}

export interface ElementDelete {
  readonly resource: MappedResource;
  /** Element path within the resource: `birthDate`, `period.start`, `extension(URL)`. */
  readonly element: string;
  readonly rule: string;
  /** Where the null stands. */
  readonly position: Position;
}

/**
 * A source code that its map has no row for, as the sender has it. It is content of the message: it goes to the store, and
 * never to a report or a log.
 */
export interface UnmappedCode {
  /** The code map's name. */
  readonly map: string;
  /** URI of the code's system: what the sender named, else the one the map is made for; '' where neither tells. */
  readonly system: string;
  readonly code: string;
  /** What the sender calls it. */
  readonly display?: string;
  readonly position: Position;
}

export interface MappedMessage {
  readonly resources: readonly MappedResource[];
  readonly issues: readonly Issue[];
  readonly residuals: readonly Residual[];
  /** In the order met; one for each place. */
  readonly unmapped: readonly UnmappedCode[];
  /** Elements the source asks to delete (HL7's explicit null), for the merge to act on. */
  readonly deletes: readonly ElementDelete[];
}
