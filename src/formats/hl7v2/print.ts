// Prints a message back to the bytes it was read from, division by division. What reading lost or moved would show.
import type { Hl7v2Message } from './message.js';
import type { Segment } from './places.js';
import { partEnd } from './text.js';

/** The bytes of a message: terminators and blank lines verbatim, every segment put together from its parts. */
export function printHl7v2(message: Hl7v2Message): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const segment of message.segments) {
    pieces.push(message.bytes.subarray(at, segment.start), printSegment(message, segment));
    at = segment.end;
  }
  pieces.push(message.bytes.subarray(at));
  return Buffer.concat(pieces);
}

function printSegment(message: Hl7v2Message, segment: Segment): Buffer {
  const { field } = message.delimiters;
  const starts = message.fieldsOf(segment);
  const header = segment.name === 'MSH' ? 2 : 0;
  const fields: Buffer[] = [];
  for (let n = 0; n + 1 < starts.length; n++) {
    if (n === 1 && header === 2) continue; // MSH-1 is the separator itself
    const start = starts[n] ?? 0;
    const end = n === 0 && header === 2 ? start + 3 : (starts[n + 1] ?? 0) - 1;
    fields.push(n <= header ? message.bytes.subarray(start, end) : printParts(message, start, end, 0));
  }
  return joined(fields, field);
}

/** Repetitions, their components, their subcomponents. */
function printParts(message: Hl7v2Message, start: number, end: number, depth: number): Buffer {
  const { repetition, component, subcomponent } = message.delimiters;
  const separator = [repetition, component, subcomponent][depth];
  if (separator === undefined) return message.bytes.subarray(start, end);
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const stop = partEnd(message.codes, at, end, separator);
    parts.push(printParts(message, at, stop, depth + 1));
    if (stop >= end) return joined(parts, separator);
    at = stop + 1;
  }
}

function joined(parts: readonly Buffer[], separator: number): Buffer {
  const between = Buffer.from([separator]);
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}
