// Divides a field into its repetitions, a repetition into its components and these into subcomponents, each once: rules ask
// for the parts of one value again and again.
//
// Bytes are gone through in loops that make nothing: what they find stands in `found` until spans are made of it. In one
// loop with that, the engine keeps too little of what a byte needs in registers.
import type { Delimiters } from './delimiters.js';
import { Level, Span } from './places.js';

/** No data type of the standard has more components; a hostile value may, and is not kept in pieces. */
export const keptParts = 30;

/** The parts of the value in hand, by their numbers. Filled and read within one call. */
const found = {
  /** Where each ends, but for the last. */
  ends: new Int32Array(keptParts + 1),
  /** How many, with one for all behind the kept ones. */
  count: 0,
  /** Bit n: part n holds something. */
  populated: 0,
  /** Bit n: part n has subcomponents. */
  divided: 0,
  plain: true,
};

/**
 * The populated repetitions between two offsets, each with the next: the first of them. It is divided at once, for its
 * components are found on the way to its end; it mostly is the only one, and a hostile field has millions.
 */
export function repetitionsBetween(
  codes: Uint8Array,
  from: number,
  end: number,
  delimiters: Delimiters,
): Span | undefined {
  let first: Span | undefined;
  let last: Span | undefined;
  for (let start = from; start <= end;) {
    const stop = findComponents(codes, start, end, delimiters);
    if (found.populated !== 0) {
      const span = foundRepetition(start, stop);
      if (last) last.next = span;
      else {
        first = span;
        if (span.level === Level.repetition) span.kept = foundParts(span);
      }
      last = span;
    }
    start = stop + 1;
  }
  return first;
}

/** One without a delimiter in it is not divided. */
function foundRepetition(start: number, end: number): Span {
  const whole = found.count === 1 && found.divided === 0;
  return new Span(start, end, whole ? Level.subcomponent : Level.repetition, found.plain);
}

/** Divides a repetition into components, or a component into subcomponents. */
export function divide(codes: Uint8Array, value: Span, delimiters: Delimiters): readonly (Span | undefined)[] {
  const { start, end, level } = value;
  if (level === Level.repetition) findComponents(codes, start, end, delimiters);
  else findSubcomponents(codes, start, end, delimiters.subcomponent);
  return (value.kept = foundParts(value));
}

/** Finds the components of the repetition that starts at `from`; answers where it ends. */
function findComponents(codes: Uint8Array, from: number, end: number, delimiters: Delimiters): number {
  const { component, subcomponent, repetition, escape } = delimiters;
  let at = from;
  let count = 1;
  let bit = 1 << count;
  let populated = 0;
  let divided = 0;
  let plain = true;
  for (; at < end; at++) {
    const code = codes[at]!;
    if (code === repetition) break;
    if (code === component) {
      if (count > keptParts) continue;
      found.ends[count++] = at;
      bit <<= 1;
    } else if (code === subcomponent) divided |= bit;
    else if (code > 32) {
      populated |= bit;
      if (code === escape || code > 127) plain = false;
    }
  }
  found.count = count;
  found.populated = populated;
  found.divided = divided;
  found.plain = plain;
  return at;
}

function findSubcomponents(codes: Uint8Array, start: number, end: number, subcomponent: number): void {
  let count = 1;
  let populated = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at]!;
    if (code === subcomponent) {
      if (count <= keptParts) found.ends[count++] = at;
    } else if (code > 32) populated |= 1 << count;
  }
  found.count = count;
  found.populated = populated;
  found.divided = 0;
}

/** The kept ones of the parts found in a value. A list made as long as it will be takes less room than one that grows. */
function foundParts(value: Span): readonly (Span | undefined)[] {
  const { ends, count, populated, divided } = found;
  if (count <= keptParts) ends[count] = value.end;
  const last = count <= keptParts ? count : keptParts;
  const kept = new Array<Span | undefined>(last + 1);
  let start = value.start;
  for (let number = 1; number <= last; number++) {
    const end = ends[number]!;
    const bit = 1 << number;
    const level = (divided & bit) === 0 ? Level.subcomponent : Level.component;
    kept[number] = (populated & bit) === 0 ? undefined : new Span(start, end, level, value.plain);
    start = end + 1;
  }
  return kept;
}

/** The kept parts that hold something, as bits (see SourceMessage.outline). */
export function outlineOf(kept: readonly (Span | undefined)[]): number {
  let outline = kept.length > keptParts ? beyond | 1 : 1;
  for (let number = 1; number < kept.length; number++) if (kept[number]) outline |= 1 << number;
  return outline;
}

/** The bit of all parts from the 31st on: there may be some where as many are kept as can be. */
const beyond = 1 << 31;
