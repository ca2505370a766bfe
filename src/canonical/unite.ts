// Two accounts of one thing in one message become one: what one lacks the other fills in, lists are united, and where
// they disagree the first stays.
import { Decimal, isList, isObject, type JsonObject, type JsonValue } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import { choiceOf } from './entities.js';
import { canonicalJson } from './json.js';

/** Where an element of the second account went: to another place, or (undefined) nowhere. */
interface Move {
  readonly from: string;
  readonly to: string | undefined;
}

export interface Union {
  readonly content: JsonObject;
  /** Paths of elements on which the two disagree, sorted. */
  readonly conflicts: readonly string[];
  /** The second account's lineage, told of the places in the united content; what lost is left out. */
  readonly relocate: (lineage: readonly LeafLineage[]) => LeafLineage[];
}

type Members = Record<string, JsonValue | undefined>;

/** Unites a second account of a resource of this type into the first. Neither is changed. */
export function unite(type: string, first: JsonObject, second: JsonObject): Union {
  if (isSame(first, second)) return { content: first, conflicts: [], relocate: (lineage) => [...lineage] };
  const uniting = new Uniting(type);
  const content = uniting.members(first, second, '');
  const moves = uniting.moves;
  const relocate = (lineage: readonly LeafLineage[]) => lineage.flatMap((leaf) => relocated(leaf, moves));
  return { content, conflicts: uniting.conflicts.sort(), relocate };
}

class Uniting {
  readonly moves: Move[] = [];
  readonly conflicts: string[] = [];
  readonly #type: string;

  constructor(type: string) {
    this.#type = type;
  }

  members(first: JsonObject, second: JsonObject, prefix: string): JsonObject {
    const merged: Members = { ...first };
    for (const [key, theirs] of Object.entries(second)) {
      if (theirs !== undefined) this.#member(merged, second, key, theirs, prefix + key);
    }
    return merged;
  }

  #member(merged: Members, second: JsonObject, key: string, theirs: JsonValue, path: string): void {
    const ours = merged[key];
    if (ours === undefined) return this.#take(merged, key, theirs, path);
    if (path === 'meta' && isObject(ours) && isObject(theirs)) {
      merged[key] = this.members(ours, theirs, 'meta.');
    } else if (isList(ours) && isList(theirs) && !hasSiblings(merged, second, key)) {
      merged[key] = this.#unite(ours, theirs, path);
    } else {
      this.#agree(merged, key, ours, theirs, path);
    }
  }

  // deceasedBoolean beside deceasedDateTime is no FHIR: one form of a choice excludes the others.
  #take(merged: Members, key: string, theirs: JsonValue, path: string): void {
    const choice = choiceOf(this.#type, path);
    const taken = choice !== undefined && Object.keys(merged).some((other) => other.startsWith(choice));
    if (taken) this.#refuse(path);
    else merged[key] = theirs;
  }

  #agree(merged: Members, key: string, ours: JsonValue, theirs: JsonValue, path: string): void {
    const both = filled(ours, theirs);
    if (both === undefined) this.#refuse(path);
    else merged[key] = both;
  }

  #refuse(path: string): void {
    this.conflicts.push(path);
    this.moves.push({ from: path, to: undefined });
  }

  #unite(ours: readonly JsonValue[], theirs: readonly JsonValue[], path: string): JsonValue[] {
    const united = [...ours];
    theirs.forEach((item, from) => {
      const to = placeIn(united, item);
      if (to === united.length || within(united[to]!, item)) united[to] = item;
      if (to !== from) this.moves.push({ from: `${path}[${from}]`, to: `${path}[${to}]` });
    });
    return united;
  }
}

/** The index of the item that says the same, more or less; else the end of the list. */
function placeIn(list: readonly JsonValue[], item: JsonValue): number {
  const same = list.findIndex((other) => within(item, other));
  const index = same >= 0 ? same : list.findIndex((other) => within(other, item));
  return index >= 0 ? index : list.length;
}

/** Equal to the letter: the usual case, for a message names its people again and again. */
function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Decimal || b instanceof Decimal)
    return a instanceof Decimal && b instanceof Decimal && a.text === b.text;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  const keys = Object.keys(a);
  return !isList(b) && keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]));
}

/** True when `larger` says all that `smaller` says. */
export function within(smaller: JsonValue, larger: JsonValue): boolean {
  if (!isObject(smaller) || !isObject(larger)) return equal(smaller, larger);
  return Object.entries(smaller).every(([key, member]) => {
    const other = larger[key];
    return member === undefined || (other !== undefined && within(member, other));
  });
}

/** Both together, or undefined when they disagree on any member. */
function filled(ours: JsonValue, theirs: JsonValue): JsonValue | undefined {
  if (!isObject(ours) || !isObject(theirs)) return equal(ours, theirs) ? ours : undefined;
  const both: Members = { ...ours };
  for (const [key, theirMember] of Object.entries(theirs)) {
    if (theirMember === undefined) continue;
    const ourMember = both[key];
    const member = ourMember === undefined ? theirMember : filled(ourMember, theirMember);
    if (member === undefined) return undefined;
    both[key] = member;
  }
  return both;
}

/** Items of a list of primitives stand beside those of `_name` by their index: such a list is one whole. */
const hasSiblings = (first: Members, second: JsonObject, key: string): boolean =>
  key.startsWith('_') || first[`_${key}`] !== undefined || second[`_${key}`] !== undefined;

function relocated(leaf: LeafLineage, moves: readonly Move[]): LeafLineage[] {
  const move = moves.find(({ from }) => isUnder(leaf.element, from));
  if (move === undefined) return [leaf];
  if (move.to === undefined) return [];
  return [{ ...leaf, element: move.to + leaf.element.slice(move.from.length) }];
}

/** True when the element path is `ancestor` or below it. */
export const isUnder = (element: string, ancestor: string): boolean =>
  element.startsWith(ancestor) && (element.length === ancestor.length || '.['.includes(element[ancestor.length]!));

/** True when both say the same, whatever the order of their members. */
export const equal = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  isSame(a, b) || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
