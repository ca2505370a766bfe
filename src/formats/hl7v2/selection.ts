// From a place to the segments, groups and values a path selects. These run for every rule and message, so the `first`
// forms build no lists.
import type { Place } from '../../model/source.js';
import type { Hl7v2Message } from './message.js';
import { keptParts } from './parts.js';
import { Group, Level, Segment, Span } from './places.js';
import { segmentAt } from './position.js';
import { isPopulated, partBit, partEnd, partStart } from './text.js';

/** Selects places from a place. */
export interface Selector<T extends Place = Place> {
  readonly first: (message: Hl7v2Message, at: Place) => T | undefined;
  readonly all: (message: Hl7v2Message, at: Place) => readonly T[];
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

/** Children of a group, and of the groups named before: `PATIENT.PID` directly under the place. */
export function directChildren(names: readonly string[]): Selector<Group | Segment> {
  const visit = (group: Place, depth: number, found: (node: Group | Segment) => boolean): boolean =>
    group instanceof Group &&
    group.children.some(
      (child) =>
        child.name === names[depth] && (depth === names.length - 1 ? found(child) : visit(child, depth + 1, found)),
    );
  return collecting((at, found) => visit(at, 0, found));
}

/** Descendants of a group whose own and parents' names end with these. */
export function descendants(names: readonly string[]): Selector<Group | Segment> {
  const visit = (group: Place, found: (node: Group | Segment) => boolean): boolean =>
    group instanceof Group &&
    group.children.some((child) => (endsWith(child, names) && found(child)) || visit(child, found));
  return collecting((at, found) => visit(at, found));
}

function endsWith(node: Group | Segment, names: readonly string[]): boolean {
  let each: Group | Segment | undefined = node;
  for (let i = names.length - 1; i >= 0; i--) {
    if (!each || each.name !== names[i]) return false;
    each = each instanceof Segment ? each.group : each.parent;
  }
  return true;
}

function collecting(
  visit: (at: Place, found: (node: Group | Segment) => boolean) => boolean,
): Selector<Group | Segment> {
  return {
    first: (_, at) => {
      let first: Group | Segment | undefined;
      visit(at, (node) => {
        first = node;
        return true;
      });
      return first;
    },
    all: (_, at) => {
      const all: (Group | Segment)[] = [];
      visit(at, (node) => {
        all.push(node);
        return false;
      });
      return all;
    },
  };
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
export function nearestSegment(name: string): Selector<Segment> {
  const number = numberOf(name);
  const first = (message: Hl7v2Message, at: Place): Segment | undefined => {
    const from = at instanceof Segment ? at : segmentAt(message.segments, at.start);
    if (from === undefined || (from !== at && from.name === name)) return from;
    const nearest = (message.nearestOf(number)[from.index] ??= nearestTo(message, name, from) ?? null);
    return nearest ?? undefined;
  };
  return { first, all: (message, at) => listOf(first(message, at)), single: true };
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

/** Components and subcomponents of a field of the selected segments. */
export function fieldValues(
  segments: Selector,
  field: number,
  repetition: number | undefined,
  parts: readonly number[],
): Selector {
  const read = repetition === undefined ? eachRepetition(field, parts) : oneRepetition(field, repetition, parts);
  if (segments === itself) return { ...read, parts: partBit(field) };
  return {
    first: (message, at) => {
      const one = segments.first(message, at);
      const value = one instanceof Segment ? read.first(message, one) : undefined;
      if (value || !one || segments.single) return value;
      return segments
        .all(message, at)
        .map((each) => read.first(message, each))
        .find(Boolean);
    },
    all: (message, at) => segments.all(message, at).flatMap((each) => read.all(message, each)),
  };
}

/** Selects from a segment: no other place has fields. */
type FieldReader = Selector<Span>;

function eachRepetition(field: number, parts: readonly number[]): FieldReader {
  const read = partReader(parts);
  const repetitions = (message: Hl7v2Message, at: Place) => message.repetitionsOf(at as Segment, field);
  return {
    first: (message, at) => {
      for (let each = message.firstRepetition(at as Segment, field); each; each = each.next) {
        const found = read(message, each);
        if (found) return found;
      }
      return undefined;
    },
    all:
      parts.length === 0
        ? repetitions
        : (message, at) => repetitions(message, at).flatMap((each) => read(message, each) ?? none),
  };
}

function oneRepetition(field: number, number: number, parts: readonly number[]): FieldReader {
  const read = partReader(parts);
  const first = (message: Hl7v2Message, at: Place): Span | undefined => {
    let repetition = message.firstRepetition(at as Segment, field);
    if (!repetition) return undefined;
    const starts = message.fieldsOf(at as Segment);
    const end = (starts[field + 1] ?? 0) - 1;
    const start = partStart(message.codes, starts[field] ?? 0, end, message.delimiters.repetition, number);
    while (repetition && repetition.start !== start) repetition = repetition.next;
    return repetition && read(message, repetition);
  };
  return { first, all: (message, at) => listOf(first(message, at)) };
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

/** Components of the place itself: `CX.4.1` of a CX, wherever it stands. */
export function partsOf(parts: readonly number[]): Selector {
  const read = partReader(parts);
  const first = (message: Hl7v2Message, at: Place): Span | undefined =>
    at instanceof Span ? read(message, at) : undefined;
  return { first, all: (message, at) => listOf(first(message, at)), parts: partBit(parts[0] ?? 0) };
}

/** The populated part of a value, one level down for each number. */
function partReader(numbers: readonly number[]): (message: Hl7v2Message, value: Span) => Span | undefined {
  const [first, second] = numbers;
  if (first === undefined) return (_, value) => value;
  if (second === undefined) return (message, value) => child(message, value, first);
  return (message, value) => {
    const component = child(message, value, first);
    return component && child(message, component, second);
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
