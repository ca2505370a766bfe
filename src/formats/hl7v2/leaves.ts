// The leaves of a range of fields: the smallest divisions that hold more than blanks.
import type { Delimiters } from './delimiters.js';

export type LeafVisitor = (start: number, end: number) => void;

/** Visits every populated leaf between two offsets of one segment, in order. */
export function leavesIn(view: string, delimiters: Delimiters, start: number, end: number, visit: LeafVisitor): void {
  const { field, component, repetition, subcomponent } = delimiters;
  let from = start;
  let populated = false;
  for (let i = start; i < end; i++) {
    const code = view.charCodeAt(i);
    if (code === component || code === field || code === subcomponent || code === repetition) {
      if (populated) visit(from, i);
      from = i + 1;
      populated = false;
    } else if (code > 32) populated = true;
  }
  if (populated) visit(from, end);
}
