// Divides a field into its repetitions and a value into its parts, once: rules ask for the components of one field again and again.
import type { Delimiters } from './delimiters.js';
import { Level, Span } from './places.js';

/** The populated repetitions between two offsets, each with the next: the first of them. One pass over the bytes. */
export function repetitionsBetween(
  codes: Uint8Array,
  from: number,
  end: number,
  delimiters: Delimiters,
): Span | undefined {
  const { component, subcomponent, repetition, escape } = delimiters;
  let first: Span | undefined;
  let last: Span | undefined;
  let start = from;
  let populated = false;
  let divided = false;
  let plain = true;
  for (let i = from; i <= end; i++) {
    // What ends the field ends its last repetition.
    const code = i < end ? codes[i]! : repetition;
    if (code === repetition) {
      if (populated) {
        const span: Span = new Span(start, i, divided ? Level.repetition : Level.subcomponent, plain);
        if (last) last.next = span;
        else first = span;
        last = span;
      }
      start = i + 1;
      populated = divided = false;
      plain = true;
    } else if (code === component || code === subcomponent) divided = true;
    else if (code > 32) {
      populated = true;
      if (code === escape || code > 127) plain = false;
    }
  }
  return first;
}

/** No data type of the standard has more components; a hostile value may, and is not kept in pieces. */
export const keptParts = 30;

/** Where each part of the value in hand ends. Filled and read within one call. */
const ends = new Int32Array(keptParts + 1);

/** Divides a repetition into components, or a component into subcomponents; parts behind the kept ones are bit 31. */
export function divide(
  codes: Uint8Array,
  value: Span,
  separator: number,
  delimiters: Delimiters,
): readonly (Span | undefined)[] {
  const { component, subcomponent } = delimiters;
  const { end } = value;
  let populated = 0;
  let divided = 0;
  let number = 1;
  let at = value.start;
  for (; at < end && number <= keptParts; at++) {
    const code = codes[at]!;
    if (code === separator) ends[number++] = at;
    else if (code === component || code === subcomponent) divided |= 1 << number;
    else if (code > 32) populated |= 1 << number;
  }
  if (number <= keptParts) ends[number++] = end;
  value.outline = populated | (at < end ? beyond | 1 : 1);
  return (value.kept = spans(value, number, populated, divided));
}

/** The bit of all parts from the 31st on. */
const beyond = 1 << 31;

/** The populated parts with a number below `count`. A list made as long as it will be takes less room than one that grows. */
function spans(value: Span, count: number, populated: number, divided: number): readonly (Span | undefined)[] {
  const kept = new Array<Span | undefined>(count);
  let start = value.start;
  for (let number = 1; number < count; number++) {
    const stop = ends[number]!;
    const bit = 1 << number;
    const level = (divided & bit) === 0 ? Level.subcomponent : Level.component;
    kept[number] = (populated & bit) === 0 ? undefined : new Span(start, stop, level, value.plain);
    start = stop + 1;
  }
  return kept;
}
