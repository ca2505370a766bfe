// What normalize() answers for one message.
import type { IdentifiedDelete } from '../canonical/identity.js';
import type { Origin } from '../canonical/merge.js';
import type { Envelope } from '../model/envelope.js';
import type { Issue } from '../model/issue.js';
import type { JsonObject } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import type { UnmappedCode } from '../model/mapped.js';
import type { Pins } from '../model/release.js';
import type { Residual } from '../model/source.js';
import type { ReconcileTerms } from './contracts/merge-terms.js';

export type Disposition = 'publish' | 'publish-with-warnings' | 'hold' | 'quarantine' | 'reject';

export interface ResourceLineage {
  readonly type: string;
  readonly id: string;
  readonly leaves: readonly LeafLineage[];
}

export interface Report {
  readonly messageType: string;
  readonly issues: readonly Issue[];
  readonly residuals: readonly Residual[];
  /** Elements that the source asks to delete (HL7's explicit null). */
  readonly deletes: readonly IdentifiedDelete[];
  readonly counts: {
    readonly resources: number;
    readonly sourced: number;
    readonly fixed: number;
    readonly assumed: number;
    readonly residual: number;
  };
  /** The code of the issue that decided the disposition; absent for a plain publish. */
  readonly decidedBy?: string;
}

export interface Outcome {
  /** UUIDv5 of feed, payload digest and position in the payload. */
  readonly messageId: string;
  /** Position of the message in its payload, from 0; a batch or a CSV file holds several. */
  readonly index: number;
  readonly disposition: Disposition;
  /** Absent when the message was refused. */
  readonly bundle?: JsonObject;
  /** What a message held or quarantined would have become, for the person who decides. */
  readonly draft?: JsonObject;
  readonly report: Report;
  readonly unmapped: readonly UnmappedCode[];
  /** SHA-256 over the canonical JSON of the bundle. */
  readonly digest?: string;
  readonly lineage: () => readonly ResourceLineage[];
  readonly pins: Pins;
  /** Who says this, and when: by that it is merged with what other messages say (reconcile.ts). */
  readonly origin: Omit<Origin, 'status'>;
  readonly terms: ReconcileTerms;
}

/** A payload's outcomes in source order; issues of the payload as a whole stand apart. */
export interface PayloadOutcome {
  readonly envelope: Envelope;
  readonly issues: readonly Issue[];
  readonly outcomes: readonly Outcome[];
}
