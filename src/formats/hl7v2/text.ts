// Dividing the bytes of a message: where a part starts and ends, and whether anything stands in it.
import type { Delimiters } from './delimiters.js';

/** Where the n-th part of a range starts, from 1; -1 when it has fewer parts. */
export function partStart(codes: Uint8Array, start: number, end: number, separator: number, n: number): number {
  let at = start;
  for (let left = n; left > 1; left--) {
    while (at < end && codes[at] !== separator) at++;
    if (at >= end) return -1;
    at++;
  }
  return at;
}

/** Where the part that starts at `start` ends. */
export function partEnd(codes: Uint8Array, start: number, end: number, separator: number): number {
  let at = start;
  while (at < end && codes[at] !== separator) at++;
  return at;
}

/** True when a range holds more than delimiters and blanks. */
export function isPopulated(codes: Uint8Array, start: number, end: number, delimiters: Delimiters): boolean {
  for (let i = start; i < end; i++) {
    const code = codes[i]!;
    if (
      code > 32 &&
      code !== delimiters.component &&
      code !== delimiters.subcomponent &&
      code !== delimiters.repetition
    )
      return true;
  }
  return false;
}

/** The fields of a segment that are not empty, one bit each: bit n for field n, bit 31 for all from the 31st on, bit 0 always. */
export function fieldOutline(starts: readonly number[]): number {
  let outline = 1;
  for (let n = 1; n + 1 < starts.length; n++) if ((starts[n] ?? 0) < (starts[n + 1] ?? 0) - 1) outline |= partBit(n);
  return outline;
}

export const partBit = (n: number): number => 1 << Math.min(n, 31);

/**
 * Where each field of a segment starts, by field number, with one past the segment's end as the last. A header's first
 * field is its separator (ch. 2.14.9.1).
 */
export function fieldStarts(
  codes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  header: boolean,
): number[] {
  const starts = header ? [start, start + 3] : [start];
  for (let at = partEnd(codes, start, end, separator); at < end; at = partEnd(codes, at + 1, end, separator))
    starts.push(at + 1);
  starts.push(end + 1);
  return starts;
}
