// Divides a value into its parts, once: rules ask for the components of one field again and again.
import type { Delimiters } from './delimiters.js';
import { Level, Span, type Parts } from './places.js';

/** No data type of the standard has more components; a hostile value may, and is not kept in pieces. */
export const keptParts = 30;

/** Where each part of the value in hand ends. Filled and read within one call. */
const ends = new Int32Array(keptParts + 1);

/** Divides a repetition into components, or a component into subcomponents; parts behind the kept ones are bit 31. */
export function divide(codes: Uint8Array, value: Span, separator: number, delimiters: Delimiters): Parts {
  const { component, subcomponent } = delimiters;
  const { end } = value;
  let populated = 0;
  let number = 1;
  let at = value.start;
  for (; at < end && number <= keptParts; at++) {
    const code = codes[at]!;
    if (code === separator) ends[number++] = at;
    else if (code > 32 && code !== component && code !== subcomponent) populated |= 1 << number;
  }
  if (number <= keptParts) ends[number++] = end;
  return { kept: spans(value, number, populated), outline: populated | (at < end ? beyond | 1 : 1) };
}

/** The bit of all parts from the 31st on. */
const beyond = 1 << 31;

/** The populated parts with a number below `count`. A list made as long as it will be takes less room than one that grows. */
function spans(value: Span, count: number, populated: number): readonly (Span | undefined)[] {
  const level = value.level === Level.repetition ? Level.component : Level.subcomponent;
  const kept = new Array<Span | undefined>(count);
  let start = value.start;
  for (let number = 1; number < count; number++) {
    const stop = ends[number]!;
    kept[number] = (populated & (1 << number)) === 0 ? undefined : new Span(start, stop, level);
    start = stop + 1;
  }
  return kept;
}
