// A difference in words: what differs, of what kind it is, which change of the mapping is the cause, and where it came from.
import type { JsonValue } from '../../model/json.js';
import type { Cause } from './cause.js';
import type { Op } from './elements.js';
import type { ChangeKind } from './kind.js';

/** One resource or element that differs. */
export interface ElementChange {
  readonly op: Op;
  readonly kind: ChangeKind;
  /** `Patient.identifier.system`; a resource: its type. */
  readonly element: string;
  /** With indexes, in the later version where it is there. */
  readonly at: string;
  readonly cause: Cause;
  /** The rule that wrote it, in the later version where it is there. */
  readonly rule?: string;
  /** Source places, as in lineage. */
  readonly from: readonly string[];
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}
