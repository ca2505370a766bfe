// One HL7 v2 message as the mapping engine sees it: offsets into its bytes; a value is decoded when it is read.
import type { Issue, Position } from '../../model/issue.js';
import type { Place, Residual, SourceMessage, Use } from '../../model/source.js';
import type { Charset } from './charset.js';
import type { Delimiters } from './delimiters.js';
import type { Lexicon } from './dictionary.js';
import { unescape } from './escapes.js';
import { leavesIn, type LeafVisitor } from './leaves.js';
import { divide, outlineOf, repetitionsBetween } from './parts.js';
import { Group, Level, Segment, Span } from './places.js';
import { Positions, type Located } from './position.js';
import { fieldOutline, fieldStarts } from './text.js';

export interface MessageParts {
  /** One character per byte; multi-byte characters masked where their bytes can look like delimiters. */
  readonly view: string;
  /** The same, as numbers: cheaper to scan. */
  readonly codes: Uint8Array;
  readonly bytes: Buffer;
  readonly delimiters: Delimiters;
  readonly charset: Charset;
  readonly lexicon: Lexicon;
  readonly structure: string;
  readonly messageType: string;
  readonly sentAt: string;
  readonly segments: readonly Segment[];
  readonly root: Group;
  readonly payloadOffset: (offset: number) => number;
}

const none: readonly never[] = [];

/** The outline of a place whose parts have no numbers. */
const everything = -1;

/** The outline of what is not divided: it is its own first part. */
const ownFirstPart = 0b11;

const marked = { read: 1, ignored: 2 } as const;

export class Hl7v2Message implements SourceMessage, Located {
  readonly format = 'hl7v2';
  readonly structure: string;
  readonly messageType: string;
  readonly sentAt: string;
  readonly root: Group;
  readonly view: string;
  readonly codes: Uint8Array;
  readonly bytes: Buffer;
  readonly delimiters: Delimiters;
  readonly lexicon: Lexicon;
  readonly segments: readonly Segment[];
  readonly payloadOffset: (offset: number) => number;
  /** In source order; what reading found. */
  readonly issues: Issue[] = [];
  readonly #charset: Charset;
  /** By offset of a leaf's first byte: 0 unread, 1 read, 2 ignored. Made when something is first marked. */
  #marks: Uint8Array | undefined;
  readonly #positions: Positions;
  #byName: Map<string, Segment[]> | undefined;
  /** By the number of the selector that looks. */
  readonly #nearest: ((Segment | null | undefined)[] | undefined)[] = [];

  constructor(parts: MessageParts) {
    this.structure = parts.structure;
    this.messageType = parts.messageType;
    this.sentAt = parts.sentAt;
    this.root = parts.root;
    this.view = parts.view;
    this.codes = parts.codes;
    this.bytes = parts.bytes;
    this.delimiters = parts.delimiters;
    this.lexicon = parts.lexicon;
    this.segments = parts.segments;
    this.payloadOffset = parts.payloadOffset;
    this.#charset = parts.charset;
    this.#positions = new Positions(this);
  }

  text(place: Place, whole = false): string {
    if (!(place instanceof Span) || place.level === Level.literal) return this.view.slice(place.start, place.end);
    return whole ? this.#read(place, true) : (place.decoded ??= this.#read(place, false));
  }

  #read(place: Span, whole: boolean): string {
    const { view, codes } = this;
    if (place.plain && place.level === Level.subcomponent)
      return codes[place.start] === 34 && this.isNull(place) ? '' : view.slice(place.start, place.end);
    const { component, subcomponent, escape } = this.delimiters;
    const { start } = place;
    let { end } = place;
    let special = false;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      if (code === escape || code > 127) special = true;
      else if ((code === component || code === subcomponent) && !whole) end = i;
    }
    if (codes[start] === 34 && this.isNull(place)) return '';
    return special ? this.#decode(start, end) : view.slice(start, end);
  }

  isNull({ start, end }: Place): boolean {
    const { codes, delimiters } = this;
    if (codes[start] !== 34 || codes[start + 1] !== 34 || end < start + 2) return false;
    for (let i = start + 2; i < end; i++) {
      const code = codes[i];
      if (code !== delimiters.component && code !== delimiters.subcomponent) return false;
    }
    return true;
  }

  mark(place: Place, use: Use, extent: 'leaf' | 'all'): void {
    const marks = this.#markable();
    if (extent === 'leaf') marks[place.start] = marked[use];
    else if (place instanceof Group) for (const child of place.children) this.mark(child, use, extent);
    else marks.fill(marked[use], place.start, place.end);
  }

  #markable(): Uint8Array {
    return (this.#marks ??= new Uint8Array(this.view.length));
  }

  #isMarked(start: number): boolean {
    return this.#marks !== undefined && this.#marks[start] !== 0;
  }

  bytesOf({ start, end }: Place): string {
    return this.view.slice(start, end);
  }

  markLike(place: Place, other: Place): void {
    this.#markable().copyWithin(place.start, other.start, other.end);
  }

  get charsetName(): string {
    return this.#charset.name;
  }

  positionOf(place: Place): Position {
    return this.#positions.of(place);
  }

  residuals(): Residual[] {
    const found: Residual[] = [];
    this.eachLeaf((start, end, segment) => {
      if (!this.#isMarked(start))
        found.push(this.#positions.residual(segment, new Span(start, end, Level.subcomponent)));
    });
    return found;
  }

  /** Each name once, in the order of the message; a name that no standard or site could have defined is not repeated. */
  unread(): readonly string[] {
    const untouched = new Set<Segment>();
    const touched = new Set<Segment>();
    this.eachLeaf((start, _end, segment) => (this.#isMarked(start) ? touched : untouched).add(segment));
    const names = [...untouched].filter((segment) => !touched.has(segment)).map(({ name }) => name);
    return [...new Set(names)].filter((name) => this.lexicon.fields(name) !== undefined || /^Z[A-Z0-9]{2}$/.test(name));
  }

  /** Every populated leaf in source order: the smallest divisions that hold text. MSH-1 and MSH-2 are no values. */
  eachLeaf(visit: LeafVisitor): void {
    for (const segment of this.segments)
      leavesIn(this.codes, this.delimiters, segment, this.valuesFrom(segment), visit);
  }

  /** All segments of a name, in order. */
  segmentsNamed(name: string): readonly Segment[] {
    if (!this.#byName) {
      this.#byName = new Map<string, Segment[]>();
      for (const segment of this.segments) {
        const known = this.#byName.get(segment.name);
        if (known) known.push(segment);
        else this.#byName.set(segment.name, [segment]);
      }
    }
    return this.#byName.get(name) ?? [];
  }

  /**
   * For each segment, by its index, the nearest one of a name (known by its number, see selection.ts); null where there is
   * none, undefined until it is looked for.
   */
  nearestOf(name: number): (Segment | null | undefined)[] {
    return (this.#nearest[name] ??= new Array<Segment | null | undefined>(this.segments.length));
  }

  /** Where the values of a segment begin; its end where it has none. */
  valuesFrom(segment: Segment): number {
    const fields = this.fieldsOf(segment);
    return fields[segment.name === 'MSH' ? 3 : 1] ?? segment.end;
  }

  fieldsOf(segment: Segment): readonly number[] {
    return (segment.fields ??= fieldStarts(
      this.codes,
      segment.start,
      segment.end,
      this.delimiters.field,
      segment.name === 'MSH',
    ));
  }

  /** The first populated repetition of a field; the others follow it (`next`). */
  firstRepetition(segment: Segment, field: number): Span | undefined {
    const known = segment.repetitions?.[field];
    return known === undefined ? this.#divide(segment, field) : (known ?? undefined);
  }

  /** The populated repetitions of a field, in order. */
  repetitionsOf(segment: Segment, field: number): readonly Span[] {
    const first = this.firstRepetition(segment, field);
    if (!first) return none;
    const found = [first];
    for (let each = first.next; each; each = each.next) found.push(each);
    return found;
  }

  /** What divides a repetition into components, or a component into subcomponents. */
  separatorOf({ level }: Span): number {
    return level === Level.repetition ? this.delimiters.component : this.delimiters.subcomponent;
  }

  /** The populated parts of a repetition or component by their number, as far as they are kept. */
  partsOf(value: Span): readonly (Span | undefined)[] {
    return value.kept ?? divide(this.codes, value, this.delimiters);
  }

  outline(place: Place): number {
    if (place instanceof Span) return place.level <= Level.subcomponent ? ownFirstPart : outlineOf(this.partsOf(place));
    return place instanceof Segment ? (place.outline ||= fieldOutline(this.fieldsOf(place))) : everything;
  }

  #divide(segment: Segment, field: number): Span | undefined {
    const starts = this.fieldsOf(segment);
    const end = starts[field + 1];
    if (end === undefined) return undefined;
    const known = (segment.repetitions ??= new Array<Span | null | undefined>(starts.length - 1));
    const first = repetitionsBetween(this.codes, starts[field] ?? 0, end - 1, this.delimiters);
    known[field] = first ?? null;
    return first;
  }

  #decode(start: number, end: number): string {
    const { view, bytes, delimiters } = this;
    const masked = view.slice(start, end);
    const text = this.#charset.mask ? bytes.toString('latin1', start, end) : masked;
    const plain = unescape(masked, text, delimiters);
    return isSevenBit(plain) ? plain : this.#charset.decode(Buffer.from(plain, 'latin1'));
  }
}

/** True for text that is the same in every character set: ASCII without ISO 2022 designations. */
function isSevenBit(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || code === 27) return false;
  }
  return true;
}
