// Where a place stands, in the words of the standard: `PID-3[1].4`, `OBX[2]-5[1]`.
//
// A segment has its number when the message holds it more than once. A field has its repetition number when the
// dictionary lets it repeat, or when it repeats in fact. Component and subcomponent are named where the text is
// divided: `PID-8` when PID-8 has no component separator, `PID-8.1` when it has one.
import type { Position } from '../../model/issue.js';
import type { Place, Residual } from '../../model/source.js';
import type { Delimiters } from './delimiters.js';
import type { Lexicon } from './dictionary.js';
import { Group, Level, Segment, Span } from './places.js';

/** What locating needs of a message. */
export interface Located {
  readonly view: string;
  readonly delimiters: Delimiters;
  readonly lexicon: Lexicon;
  readonly structure: string;
  readonly segments: readonly Segment[];
  fieldsOf(segment: Segment): readonly number[];
  /** The offset in the payload of an offset in the message. */
  payloadOffset(offset: number): number;
}

/** Answers positions; in source order it walks each field once, however many parts it has. */
export class Positions {
  readonly #message: Located;
  readonly #cursor: FieldCursor;
  #ordinals: readonly string[] | undefined;

  constructor(message: Located) {
    this.#message = message;
    this.#cursor = new FieldCursor(message.view, message.delimiters);
  }

  of(place: Place): Position {
    return { path: this.#path(place), offset: this.#message.payloadOffset(place.start) };
  }

  /** A leaf of a segment with its position, and with the path it shares with all repetitions. */
  residual(segment: Segment, leaf: Span): Residual {
    const { field, repetition, parts } = this.#divisions(segment, leaf);
    const position = {
      path: segment.name + this.#ordinal(segment) + field + repetition + parts,
      offset: this.#message.payloadOffset(leaf.start),
    };
    return { position, path: segment.name + field + parts };
  }

  #path(place: Place): string {
    if (place instanceof Group) return this.#groupPath(place);
    const segment = place instanceof Segment ? place : segmentAt(this.#message.segments, place.start);
    if (!segment) return this.#message.structure;
    const name = segment.name + this.#ordinal(segment);
    if (!(place instanceof Span)) return name;
    const { field, repetition, parts } = this.#divisions(segment, place);
    return name + field + repetition + parts;
  }

  #groupPath(group: Group): string {
    const names: string[] = [];
    for (let each: Group | undefined = group; each?.parent; each = each.parent) names.unshift(each.name);
    return names.length === 0 ? this.#message.structure : names.join('.');
  }

  #ordinal(segment: Segment): string {
    this.#ordinals ??= ordinalsOf(this.#message.segments);
    return this.#ordinals[segment.index] ?? '';
  }

  #divisions(segment: Segment, span: Span): Divisions {
    const starts = this.#message.fieldsOf(segment);
    const number = fieldAt(starts, span.start);
    if (number === 0) return nowhere;
    const field = `-${number}`;
    if (span.level === Level.literal) return { ...nowhere, field };
    const cursor = this.#cursor;
    cursor.moveTo(starts[number] ?? 0, (starts[number + 1] ?? 1) - 1, span.start);
    const shown = this.#message.lexicon.fields(segment.name)?.[number]?.repeats || cursor.repeats;
    return { field, repetition: shown ? `[${cursor.repetition}]` : '', parts: cursor.partPath(span) };
  }
}

/** `-3`, `[1]`, `.4.2`. */
interface Divisions {
  readonly field: string;
  readonly repetition: string;
  readonly parts: string;
}

const nowhere: Divisions = { field: '', repetition: '', parts: '' };

/** Counts repetitions, components and subcomponents up to an offset, onward from where it last was. */
class FieldCursor {
  readonly #view: string;
  readonly #delimiters: Delimiters;
  #start = -1;
  #end = -1;
  #at = -1;
  #divided: boolean | undefined;
  #component = 1;
  #subcomponent = 1;
  repetition = 1;
  /** True when the field holds more than one repetition. */
  repeats = false;

  constructor(view: string, delimiters: Delimiters) {
    this.#view = view;
    this.#delimiters = delimiters;
  }

  moveTo(start: number, end: number, offset: number): void {
    if (start !== this.#start) {
      this.#start = start;
      this.#end = end;
      this.repeats = holds(this.#view, start, end, this.#delimiters.repetition, -1);
      this.#rewind();
    } else if (offset < this.#at) this.#rewind();
    for (; this.#at < offset; this.#at++) this.#count(this.#view.charCodeAt(this.#at));
  }

  #rewind(): void {
    this.#at = this.#start;
    this.repetition = 1;
    this.#enterRepetition();
  }

  #enterRepetition(): void {
    this.#component = 1;
    this.#subcomponent = 1;
    this.#divided = undefined;
  }

  #count(code: number): void {
    if (code === this.#delimiters.repetition) {
      this.repetition += 1;
      this.#enterRepetition();
    } else if (code === this.#delimiters.component) {
      this.#component += 1;
      this.#subcomponent = 1;
    } else if (code === this.#delimiters.subcomponent) this.#subcomponent += 1;
  }

  /** `.4`, `.4.2`, or nothing where the repetition is not divided; for the place the cursor stands at. */
  partPath({ start, end, level }: Span): string {
    const { subcomponent, component, repetition } = this.#delimiters;
    if (level === Level.repetition) return '';
    const subdivided = this.#subcomponent > 1 || (end < this.#end && this.#view.charCodeAt(end) === subcomponent);
    if (level === Level.subcomponent && subdivided) return `.${this.#component}.${this.#subcomponent}`;
    this.#divided ??= this.#component > 1 || holds(this.#view, start, this.#end, component, repetition);
    return this.#divided || subdivided ? `.${this.#component}` : '';
  }
}

/** True when the code stands between two offsets, and before `stop`. */
function holds(view: string, start: number, end: number, code: number, stop: number): boolean {
  for (let i = start; i < end; i++) {
    const each = view.charCodeAt(i);
    if (each === code) return true;
    if (each === stop) return false;
  }
  return false;
}

/** The segment that holds an offset. */
export function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  const index = lastAtOrBefore(segments.length, (each) => segments[each]?.start ?? 0, offset);
  return segments[Math.max(index, 0)];
}

/** The number of the field that holds an offset. */
const fieldAt = (starts: readonly number[], offset: number): number =>
  lastAtOrBefore(starts.length - 1, (each) => starts[each] ?? 0, offset);

function lastAtOrBefore(length: number, startOf: (index: number) => number, offset: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `[2]` for the second of several segments of a name, nothing for the only one. */
function ordinalsOf(segments: readonly Segment[]): string[] {
  const totals = new Map<string, number>();
  for (const { name } of segments) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return segments.map(({ name }) => {
    const ordinal = (seen.get(name) ?? 0) + 1;
    seen.set(name, ordinal);
    return (totals.get(name) ?? 1) > 1 ? `[${ordinal}]` : '';
  });
}
