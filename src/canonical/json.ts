// The only printers of FHIR JSON: one canonical (what digests are taken over), one for people and wires.
import { Decimal, type JsonObject, type JsonScalar, type JsonValue } from '../model/json.js';
import { GatewayError } from '../model/error.js';

type KeyOrder = (object: JsonObject) => readonly string[];

/**
 * Canonical JSON after RFC 8785: keys in the order of their UTF-16 code units, no white space, strings and numbers as
 * ECMAScript prints them. One deviation: a Decimal prints its text, because FHIR decimals carry precision
 * (http://hl7.org/fhir/R4/json.html#decimal). Members that are undefined are left out. Throws a GatewayError (`fault`)
 * for NaN and infinities.
 *
 * @example canonicalJson({ b: 1, a: [new Decimal('1.50')] }) // {"a":[1.50],"b":1}
 */
export const canonicalJson = (value: JsonValue): string => append('', value, sortedKeys);

/**
 * JSON in insertion order, save that a resource's `resourceType`, `id` and `meta` come first, as the specification
 * prints them. `indent` is the number of spaces of a level; absent or 0: one line without white space.
 *
 * @example printJson({ id: 'a', resourceType: 'Patient' }) // {"resourceType":"Patient","id":"a"}
 */
export const printJson = (value: JsonValue, indent = 0): string =>
  indent === 0 ? append('', value, resourceKeys) : pretty(value, ' '.repeat(indent), '\n');

// All is appended to one text, at its end: the engine holds it as a chain of pieces, and makes such a chain one string of
// bytes faster than a tree of them.
function append(text: string, value: JsonValue, keysOf: KeyOrder): string {
  if (typeof value === 'string') return special.test(value) ? text + JSON.stringify(value) : text + '"' + value + '"';
  if (isScalar(value)) return text + scalar(value);
  return isList(value) ? appendList(text, value, keysOf) : appendObject(text, value, keysOf);
}

function appendList(before: string, items: readonly JsonValue[], keysOf: KeyOrder): string {
  let text = before + '[';
  for (let i = 0; i < items.length; i++) text = append(i > 0 ? text + ',' : text, items[i]!, keysOf);
  return text + ']';
}

function appendObject(before: string, object: JsonObject, keysOf: KeyOrder): string {
  const keys = keysOf(object);
  let text = before;
  let begun = false;
  for (let i = 0; i < keys.length; i++) {
    const member = object[keys[i]!];
    if (member === undefined) continue;
    text = append(text + (begun ? nextName(keys[i]!) : firstName(keys[i]!)), member, keysOf);
    begun = true;
  }
  return text + (begun ? '}' : '{}');
}

function pretty(value: JsonValue, step: string, newline: string): string {
  if (typeof value === 'string') return quote(value);
  if (isScalar(value)) return scalar(value);
  const inner = newline + step;
  const items = isList(value)
    ? value.map((item) => pretty(item, step, inner))
    : membersOf(value).map(([key, member]) => `${quote(key)}: ${pretty(member, step, inner)}`);
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return items.length === 0 ? open + close : open + inner + items.join(`,${inner}`) + newline + close;
}

const membersOf = (object: JsonObject): [string, JsonValue][] =>
  resourceKeys(object).flatMap((key): [string, JsonValue][] => {
    const member = object[key];
    return member === undefined ? [] : [[key, member]];
  });

// Few keys, and mostly in order: sorting by insertion beats the general sort several times over.
function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length > 24) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let to = i;
    for (; to > 0 && keys[to - 1]! > key; to--) keys[to] = keys[to - 1]!;
    keys[to] = key;
  }
  return keys;
}

const leading = ['resourceType', 'id', 'meta'];

function resourceKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  if (!Object.hasOwn(object, 'resourceType')) return keys;
  const first = leading.filter((key) => Object.hasOwn(object, key));
  if (first.every((key, i) => keys[i] === key)) return keys;
  return [...first, ...keys.filter((key) => !leading.includes(key))];
}

const isList = (value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] => Array.isArray(value);

const isScalar = (value: JsonValue): value is JsonScalar =>
  typeof value !== 'object' || value === null || value instanceof Decimal;

function scalar(value: JsonScalar): string {
  if (value instanceof Decimal) return value.text;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new GatewayError('fault', 'A number that is not finite has no JSON form.');
  }
  return Object.is(value, -0) ? '0' : String(value);
}

// What JSON must escape, and lone surrogates, which ECMAScript escapes too (RFC 8785 section 3.2.2.2).
// eslint-disable-next-line no-control-regex
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;

const quote = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

// FHIR has a few thousand element names; printed once each, they cost a look-up instead of a scan.
const memberNamesLimit = 4096;

function namesAfter(before: '{' | ','): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    let name = known.get(key);
    if (name === undefined) {
      name = `${before}${quote(key)}:`;
      if (known.size < memberNamesLimit) known.set(key, name);
    }
    return name;
  };
}

const firstName = namesAfter('{');
const nextName = namesAfter(',');
