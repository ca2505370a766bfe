// How much of what was written came from the source, and how much did not.
import type { MappedMessage } from '../../model/mapped.js';
import type { Draft } from './draft.js';

export function countLeaves(drafts: readonly Draft[]): MappedMessage['counts'] {
  let [sourced, fixed, assumed] = [0, 0, 0];
  for (const { leaves } of drafts) {
    for (const { conversion } of leaves) {
      if (conversion?.kind === 'fixed') fixed += 1;
      else if (conversion?.kind === 'assumed') assumed += 1;
      else sourced += 1;
    }
  }
  return { sourced, fixed, assumed };
}
