// The leaves of a range of fields: the smallest divisions that hold more than blanks.
import type { Delimiters } from './delimiters.js';
import type { Segment } from './places.js';

export type LeafVisitor = (start: number, end: number, segment: Segment) => void;

/** Visits every populated leaf of a segment from an offset on, in order. */
export function leavesIn(
  codes: Uint8Array,
  delimiters: Delimiters,
  segment: Segment,
  start: number,
  visit: LeafVisitor,
): void {
  const { field, component, repetition, subcomponent } = delimiters;
  let from = start;
  let populated = false;
  for (let i = start; i < segment.end; i++) {
    const code = codes[i]!;
    if (code === component || code === field || code === subcomponent || code === repetition) {
      if (populated) visit(from, i, segment);
      from = i + 1;
      populated = false;
    } else if (code > 32) populated = true;
  }
  if (populated) visit(from, segment.end, segment);
}
