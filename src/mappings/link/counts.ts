// How much of what was written came from the source, and how much did not.
import type { MappedMessage } from '../../model/mapped.js';
import type { Draft } from './draft.js';

export function countLeaves(drafts: readonly Draft[]): MappedMessage['counts'] {
  let [leaves, fixed, assumed] = [0, 0, 0];
  for (const draft of drafts) {
    leaves += draft.leaves;
    fixed += draft.fixed;
    assumed += draft.assumed;
  }
  return { sourced: leaves - fixed - assumed, fixed, assumed };
}
