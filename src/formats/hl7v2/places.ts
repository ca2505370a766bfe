// Places of an HL7 v2 message: offsets into its bytes, never copies.
import type { Place } from '../../model/source.js';
import type { Grammar } from './grammar.js';

/**
 * How far a place is divided: what `child` of it means. A repetition or component without a delimiter in it is a
 * `subcomponent` from the start.
 */
export const Level = { literal: 0, subcomponent: 1, component: 2, repetition: 3 } as const;
export type Level = (typeof Level)[keyof typeof Level];

/** A field repetition, a component or a subcomponent; `literal` is text that is not divided: MSH-1 and MSH-2. */
export class Span implements Place {
  readonly start: number;
  readonly end: number;
  /** `level` and `plain` in one number: a message has as many spans as values, and they are what it takes room for. */
  readonly #nature: number;
  /** The next populated repetition of the field: a list of one would take as much room as the span itself. */
  next: Span | undefined;
  /** Its populated components or subcomponents by their number, as far as they are kept; see parts.ts for when. */
  kept: readonly (Span | undefined)[] | undefined;
  /** The text of its first leaf; decoded when first read. */
  decoded: string | undefined;
  constructor(start: number, end: number, level: Level, plain = false) {
    this.start = start;
    this.end = end;
    this.#nature = plain ? level | plainBit : level;
    this.next = undefined;
    this.kept = undefined;
    this.decoded = undefined;
  }

  get level(): Level {
    return (this.#nature & 3) as Level;
  }

  /** True where nothing in it is escaped or outside ASCII, as far as is known: its text is what stands there. */
  get plain(): boolean {
    return (this.#nature & plainBit) !== 0;
  }
}

const plainBit = 4;

export class Segment implements Place {
  readonly name: string;
  readonly start: number;
  /** Without the terminator; moves on when the next line turns out to continue it. */
  end: number;
  /** Place among the segments of the message, from 0. */
  readonly index: number;
  /** The group it stands in; set when the message is grouped. */
  group: Group | undefined;
  /** Where each field starts, with one past the end as the last; made when a field is first touched. */
  fields: number[] | undefined;
  /** The first populated repetition of each field, by its number, null where there is none; made when a field is first read. */
  repetitions: (Span | null | undefined)[] | undefined;
  /** Which fields hold something; 0 until it is first asked for. */
  outline: number;
  constructor(name: string, start: number, end: number, index: number) {
    this.name = name;
    this.start = start;
    this.end = end;
    this.index = index;
    this.group = undefined;
    this.fields = undefined;
    this.repetitions = undefined;
    this.outline = 0;
  }
}

const none: readonly never[] = [];

export class Group implements Place {
  readonly name: string;
  readonly parent: Group | undefined;
  /** Undefined for the flat group of an unknown structure. */
  readonly grammar: Grammar | undefined;
  /** In the order received. */
  children: readonly (Group | Segment)[] = none;
  /** From its first segment to its last; a segment out of place may stand between them and belong elsewhere. */
  start = 0;
  end = 0;

  constructor(name: string, grammar: Grammar | undefined, parent: Group | undefined) {
    this.name = name;
    this.grammar = grammar;
    this.parent = parent;
  }

  /** Takes the next segment of the message in. */
  add(segment: Segment): void {
    this.hold(segment);
    segment.group = this;
    stretch(this, segment);
  }

  /** A list made with its first item takes no room for more: most groups hold one. */
  protected hold(child: Group | Segment): void {
    if (this.children === none) this.children = [child];
    else (this.children as (Group | Segment)[]).push(child);
  }
}

function stretch(group: Group, segment: Segment): void {
  if (group.end === 0) group.start = segment.start;
  group.end = segment.end;
  if (group.parent) stretch(group.parent, segment);
}
