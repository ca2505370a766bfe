// From a place to the segments, groups and values a path selects. These run for every rule and message, so the `first`
// forms build no lists; and they are few classes, above all the one that nearly every path ends with, numbers of a field or
// component: a closure for each shape of path would be a call the engine cannot see through.
import type { Place } from '../../model/source.js';
import type { Hl7v2Message } from './message.js';
import { keptParts } from './parts.js';
import type { PathSyntax } from './path-syntax.js';
import { Group, Level, Segment, Span } from './places.js';
import { segmentAt } from './position.js';
import { isPopulated, partBit, partEnd, partStart } from './text.js';

/** Selects places from a place. */
export interface Selector<T extends Place = Place> {
  first(message: Hl7v2Message, at: Place): T | undefined;
  all(message: Hl7v2Message, at: Place): readonly T[];
  /** Never selects more than one. */
  readonly single?: true;
  /** See SourcePath. */
  readonly parts?: number;
}

/** Most of what rules ask for is not there: one empty list does for all of them. */
const none: readonly never[] = [];
const listOf = <T>(place: T | undefined): readonly T[] => (place === undefined ? none : [place]);

/** The place itself. */
export const itself: Selector = {
  first: (_, at) => at,
  all: (_, at) => [at],
};

// Segments and groups

type Node = Group | Segment;

/** Children of a group, and of the groups named before: `PATIENT.PID` directly under the place. */
export class Children implements Selector<Node> {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  first(_: Hl7v2Message, at: Place): Node | undefined {
    return firstChild(at, this.#names, 0);
  }

  all(_: Hl7v2Message, at: Place): readonly Node[] {
    return addChildren(at, this.#names, 0, undefined) ?? none;
  }
}

function firstChild(at: Place, names: readonly string[], depth: number): Node | undefined {
  if (!(at instanceof Group)) return undefined;
  for (const child of at.children) {
    if (child.name !== names[depth]) continue;
    const found = depth === names.length - 1 ? child : firstChild(child, names, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Answers the list with what it adds, which is made when something is. */
function addChildren(at: Place, names: readonly string[], depth: number, to: Node[] | undefined): Node[] | undefined {
  if (!(at instanceof Group)) return to;
  let list = to;
  for (const child of at.children) {
    if (child.name !== names[depth]) continue;
    if (depth < names.length - 1) list = addChildren(child, names, depth + 1, list);
    else list = added(list, child);
  }
  return list;
}

/** A list made with its first item takes no room for more: most have one. */
function added(list: Node[] | undefined, node: Node): Node[] {
  if (!list) return [node];
  list.push(node);
  return list;
}

/** Descendants of a group whose own and parents' names end with these. */
export class Descendants implements Selector<Node> {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  first(_: Hl7v2Message, at: Place): Node | undefined {
    return firstDescendant(at, this.#names);
  }

  all(_: Hl7v2Message, at: Place): readonly Node[] {
    return addDescendants(at, this.#names, undefined) ?? none;
  }
}

function firstDescendant(at: Place, names: readonly string[]): Node | undefined {
  if (!(at instanceof Group)) return undefined;
  for (const child of at.children) {
    const found = endsWith(child, names) ? child : firstDescendant(child, names);
    if (found) return found;
  }
  return undefined;
}

function addDescendants(at: Place, names: readonly string[], to: Node[] | undefined): Node[] | undefined {
  if (!(at instanceof Group)) return to;
  let list = to;
  for (const child of at.children) {
    if (endsWith(child, names)) list = added(list, child);
    list = addDescendants(child, names, list);
  }
  return list;
}

function endsWith(node: Node, names: readonly string[]): boolean {
  let each: Node | undefined = node;
  for (let i = names.length - 1; i >= 0; i--) {
    if (!each || each.name !== names[i]) return false;
    each = each instanceof Segment ? each.group : each.parent;
  }
  return true;
}

/** Chooses by the message's structure. */
export function byStructure<T extends Place>(
  structures: ReadonlySet<string>,
  inThem: Selector<T>,
  otherwise: Selector<T>,
): Selector<T> {
  const of = (message: Hl7v2Message): Selector<T> => (structures.has(message.structure) ? inThem : otherwise);
  return { first: (message, at) => of(message).first(message, at), all: (message, at) => of(message).all(message, at) };
}

/**
 * The nearest segment of a name: the one a value stands in; else, in the innermost enclosing group that holds one, the
 * last before the place or the first after it. What stands in another repetition of a group belongs to that one: an
 * order's ORC says nothing about the next order.
 */
export class NearestSegment implements Selector<Segment> {
  readonly single = true;
  readonly #name: string;
  readonly #number: number;

  constructor(name: string) {
    this.#name = name;
    this.#number = numberOf(name);
  }

  first(message: Hl7v2Message, at: Place): Segment | undefined {
    const name = this.#name;
    const from = at instanceof Segment ? at : segmentAt(message.segments, at.start);
    if (from === undefined || (from !== at && from.name === name)) return from;
    const nearest = (message.nearestOf(this.#number)[from.index] ??= nearestTo(message, name, from) ?? null);
    return nearest ?? undefined;
  }

  all(message: Hl7v2Message, at: Place): readonly Segment[] {
    return listOf(this.first(message, at));
  }
}

/** Names that paths look for, numbered in the order linked: a message finds what it knows of one without hashing it. */
const numbers = new Map<string, number>();

function numberOf(name: string): number {
  const known = numbers.get(name) ?? numbers.size;
  numbers.set(name, known);
  return known;
}

function nearestTo(message: Hl7v2Message, name: string, from: Segment): Segment | undefined {
  const named = message.segmentsNamed(name);
  for (let group = from.group; group; group = group.parent) {
    const nearest = nearestWithin(named, group, from.index);
    if (nearest) return nearest;
  }
  return undefined;
}

function nearestWithin(named: readonly Segment[], group: Group, index: number): Segment | undefined {
  const after = firstAfter(named, index);
  for (let i = after - 1; i >= 0; i--) {
    const segment = named[i];
    if (!segment || segment.start < group.start) break;
    if (segment.index !== index && stands(segment, group)) return segment;
  }
  for (let i = after; i < named.length; i++) {
    const segment = named[i];
    if (!segment || segment.start > group.end) break;
    if (stands(segment, group)) return segment;
  }
  return undefined;
}

/** The place of the first of these segments that comes after the one at `index`. */
function firstAfter(named: readonly Segment[], index: number): number {
  let low = 0;
  let high = named.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((named[middle]?.index ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Does the segment stand in the group, not in a repetition of a group within it? */
function stands(segment: Segment, within: Group): boolean {
  for (let group = segment.group; group; group = group.parent) {
    if (group === within) return true;
    if (group.grammar?.repeats === true) return false;
  }
  return false;
}

// Values

/** The numbers after a path's segment or data type: `-3[2].4.1`. What is not given is 0. */
export interface ValueNumbers {
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
}

export const valueNumbers = ({
  field = 0,
  repetition = 0,
  parts: [component = 0, subcomponent = 0],
}: PathSyntax): ValueNumbers => ({
  field,
  repetition,
  component,
  subcomponent,
});

/** The values that a path's numbers select of a segment (with a field), or of a value (without). */
export class ValueSelector implements Selector {
  readonly #field: number;
  readonly #repetition: number;
  readonly #component: number;
  readonly #subcomponent: number;
  readonly parts: number;

  constructor({ field, repetition, component, subcomponent }: ValueNumbers) {
    this.#field = field;
    this.#repetition = repetition;
    this.#component = component;
    this.#subcomponent = subcomponent;
    this.parts = partBit(field || component);
  }

  first(message: Hl7v2Message, at: Place): Span | undefined {
    if (this.#field === 0) return at instanceof Span ? this.#part(message, at) : undefined;
    if (this.#repetition !== 0) return this.#inRepetition(message, at as Segment);
    for (let each = message.firstRepetition(at as Segment, this.#field); each; each = each.next) {
      const found = this.#part(message, each);
      if (found) return found;
    }
    return undefined;
  }

  all(message: Hl7v2Message, at: Place): readonly Span[] {
    if (this.#field === 0 || this.#repetition !== 0) return listOf(this.first(message, at));
    const repetitions = message.repetitionsOf(at as Segment, this.#field);
    if (this.#component === 0 || repetitions.length === 0) return repetitions;
    if (repetitions.length === 1) return listOf(this.#part(message, repetitions[0]!));
    return repetitions.flatMap((each) => this.#part(message, each) ?? none);
  }

  #inRepetition(message: Hl7v2Message, segment: Segment): Span | undefined {
    let repetition = message.firstRepetition(segment, this.#field);
    if (!repetition) return undefined;
    const starts = message.fieldsOf(segment);
    const from = starts[this.#field] ?? 0;
    const end = (starts[this.#field + 1] ?? 0) - 1;
    const start = partStart(message.codes, from, end, message.delimiters.repetition, this.#repetition);
    while (repetition && repetition.start !== start) repetition = repetition.next;
    return repetition && this.#part(message, repetition);
  }

  /** The populated part of a value, one level down for each number. */
  #part(message: Hl7v2Message, value: Span): Span | undefined {
    if (this.#component === 0) return value;
    const component = child(message, value, this.#component);
    return component && this.#subcomponent !== 0 ? child(message, component, this.#subcomponent) : component;
  }
}

/** The values of each of the segments that another selector selects. */
export class ValuesOf implements Selector {
  readonly #segments: Selector;
  readonly #values: ValueSelector;

  constructor(segments: Selector, values: ValueSelector) {
    this.#segments = segments;
    this.#values = values;
  }

  first(message: Hl7v2Message, at: Place): Place | undefined {
    const segments = this.#segments;
    const one = segments.first(message, at);
    const value = one instanceof Segment ? this.#values.first(message, one) : undefined;
    if (value || !one || segments.single) return value;
    for (const each of segments.all(message, at)) {
      const found = this.#values.first(message, each);
      if (found) return found;
    }
    return undefined;
  }

  all(message: Hl7v2Message, at: Place): readonly Place[] {
    const segments = this.#segments.all(message, at);
    if (segments.length === 0) return none;
    if (segments.length === 1) return this.#values.all(message, segments[0]!);
    return segments.flatMap((each) => this.#values.all(message, each));
  }
}

/** MSH-1 or MSH-2: the delimiters themselves. */
export function delimiterField(segments: Selector, field: 1 | 2): Selector {
  const of = (message: Hl7v2Message, segment: Place | undefined): Span | undefined => {
    if (!(segment instanceof Segment)) return undefined;
    const start = segment.start + 2 + field;
    const end = field === 1 ? start + 1 : (message.fieldsOf(segment)[3] ?? start + 1) - 1;
    return new Span(start, end, Level.literal);
  };
  return {
    first: (message, at) => of(message, segments.first(message, at)),
    all: (message, at) => segments.all(message, at).flatMap((segment) => listOf(of(message, segment))),
  };
}

/** The populated n-th component of a repetition, or subcomponent of a component; what is not divided is its own first part. */
function child(message: Hl7v2Message, value: Span, n: number): Span | undefined {
  const { codes, delimiters } = message;
  const { level, end: stop } = value;
  if (level <= Level.subcomponent) return n > 1 ? undefined : value;
  if (n <= keptParts) return message.partsOf(value)[n];
  const separator = message.separatorOf(value);
  const start = partStart(codes, value.start, stop, separator, n);
  if (start < 0) return undefined;
  const end = partEnd(codes, start, stop, separator);
  if (!isPopulated(codes, start, end, delimiters)) return undefined;
  return new Span(start, end, level === Level.repetition ? Level.component : Level.subcomponent);
}
