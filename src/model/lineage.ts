// For every leaf written: where its value came from and which rule wrote it.
import type { Position } from './issue.js';

export interface Conversion {
  readonly kind: 'function' | 'translate' | 'convert' | 'assumed' | 'fixed';
  /** Function or map with version (`code-system-uri@1`, `administrative-sex@1.0.0`), or what was assumed. */
  readonly by: string;
  readonly because?: string;
}

/** The lineage of one leaf, rendered. */
export interface LeafLineage {
  /** FHIRPath-like element path with indices: `name[0].family`. */
  readonly element: string;
  /** Source places, in the order read; empty for constants. */
  readonly from: readonly Position[];
  /** `package/module#rule`. */
  readonly rule: string;
  readonly version: string;
  /** The rules that led to it, outermost first: `package/ADT_A01#adt.patient`, `package/PID[Patient]#pid.identifier`. */
  readonly via?: readonly string[];
  readonly conversions?: readonly Conversion[];
}

/** How many leaves came from the source, and how many did not. */
export interface LeafCounts {
  readonly sourced: number;
  readonly fixed: number;
  readonly assumed: number;
}
