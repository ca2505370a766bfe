// By what two accounts of a thing are told to be of the same thing: what they say, where they had it from, who wrote it.
import { canonicalJson } from '../../canonical/json.js';
import { isList, isObject, type JsonValue } from '../../model/json.js';
import type { LeafLineage } from '../../model/lineage.js';
import { leavesOf, withoutIndexes, type Account } from './account.js';
import { bagOf, type Bag } from './alignment.js';
import { plainName } from './cause.js';

/** A value within a resource. */
export interface Part {
  readonly account: Account;
  /** '' for the resource itself. */
  readonly path: string;
  readonly value: JsonValue;
}

/** Gives a reference's target (`Patient/123`) a name that both versions share, where it has one. */
export type Rename = (reference: string) => string;

/** References by their type alone: what can be said of them before it is known which resource is which. */
export const typeOnly: Rename = (reference) => reference.split('/')[0] ?? reference;

/** The canonical text of a value, references renamed. */
export const textOf = (value: JsonValue, rename: Rename): string => canonicalJson(renamed(value, rename));

function renamed(value: JsonValue, rename: Rename): JsonValue {
  if (isList(value)) return value.map((item) => renamed(item, rename));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, JsonValue | undefined] => {
    if (name === 'reference' && typeof member === 'string') return [name, rename(member)];
    return [name, member === undefined ? undefined : renamed(member, rename)];
  });
  return Object.fromEntries<JsonValue | undefined>(members);
}

/** Every place and rule that a value came from: two equal values with one signature are the same one. */
export function signatureOf(part: Part): string {
  return lineageOf(part)
    .map(({ from, rule, via }) => `${from.map(({ path }) => path).join('+')}<${chainText(rule, via)}`)
    .sort()
    .join('\n');
}

/** What a value says, where each part of it came from, and the rules that led to it. */
export function wordsOf(part: Part): Bag {
  const said = leavesOf(part.value, '').map(
    ({ path, value }) => `= ${withoutIndexes(path)} ${textOf(value, typeOnly)}`,
  );
  const lineage = lineageOf(part);
  const places = lineage.flatMap(({ from }) => from.map(({ path }) => path));
  const rules = lineage.map(({ rule, via }) => `@ ${chainText(rule, via)}`);
  return bagOf([
    ...said,
    ...places.map((path) => `< ${path}`),
    ...new Set(places.map((path) => `<< ${around(path)}`)),
    ...rules,
  ]);
}

export function lineageOf({ account, path, value }: Part): LeafLineage[] {
  const leaves = account.leaves();
  return leavesOf(value, path).flatMap((leaf) => leaves.get(leaf.path) ?? []);
}

const chainText = (rule: string, via: readonly string[] = []): string => [...via, rule].map(plainName).join('>');

/** The field, object or row that a position lies in: `PID-3[1].4.1` in `PID-3[1]`, `/Patient/Name/0` in `/Patient/Name`. */
export function around(position: string): string {
  const end = position.startsWith('/') ? position.lastIndexOf('/') : position.search(/[.,]/);
  return end > 0 ? position.slice(0, end) : position;
}

/** The position, what it lies in, and what that lies in: the segment of a field. */
export function widening(position: string): string[] {
  const field = around(position);
  const whole = field.startsWith('/') ? around(field) : field.replace(/-\d.*$/, '');
  return [...new Set([position, field, whole])];
}
