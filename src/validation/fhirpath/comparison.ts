// Equality, equivalence and order (http://hl7.org/fhirpath/N1/#equality, #comparison).
import { Decimal, type JsonObject, type JsonValue } from '../../model/json.js';
import { isList, isObject } from '../objects.js';
import { EvaluationFailure } from './failure.js';
import { isNumber, writtenOf, type Collection, type Item, type SystemKind } from './item.js';
import { oneOf } from './singletons.js';
import { compareTemporal } from './temporal.js';

const isTemporal = (kind: SystemKind | undefined): boolean => kind === 'Date' || kind === 'DateTime' || kind === 'Time';

/** UCUM codes of the calendar units. */
const calendarCodes: Readonly<Record<string, string>> = {
  year: 'a',
  month: 'mo',
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
};

export const ucumOf = (unit: string): string => calendarCodes[unit.replace(/s$/, '')] ?? unit;

const unitOf = ({ code, unit }: JsonObject): string => {
  const written = code ?? unit;
  return typeof written === 'string' ? ucumOf(written) : '1';
};

/** The numbers of two quantities of one unit; undefined where there is none, or the units differ. */
function quantityValues(left: Item, right: Item): readonly [number, number] | undefined {
  if (!isObject(left.value) || !isObject(right.value)) return undefined;
  const [a, b] = [left.value.value, right.value.value];
  if (!isNumber(a) || !isNumber(b) || unitOf(left.value) !== unitOf(right.value)) return undefined;
  return [Number(a), Number(b)];
}

function sameObject(left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  const others = Object.keys(right).filter((key) => right[key] !== undefined);
  return keys.length === others.length && keys.every((key) => sameValue(left[key], right[key]));
}

/** Deep equality of JSON; numbers by value. */
export function sameValue(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right);
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((each, at) => sameValue(each, right[at]));
  if (left instanceof Decimal || right instanceof Decimal) return false;
  return isObject(left) && isObject(right) && sameObject(left, right);
}

/** Are the items equal? Undefined when their precision leaves it open. */
export function equalItems(left: Item, right: Item): boolean | undefined {
  const [a, b] = [left.type.system, right.type.system];
  if (isTemporal(a) && isTemporal(b)) {
    const order = compareTemporal(writtenOf(left.value), writtenOf(right.value));
    return order === undefined ? (left.value === right.value ? true : undefined) : order === 0;
  }
  if (a === 'Quantity' && b === 'Quantity' && (left.type.namespace === 'System' || right.type.namespace === 'System')) {
    const values = quantityValues(left, right);
    return values === undefined ? undefined : values[0] === values[1];
  }
  return sameValue(left.value, right.value);
}

/** `=`: of collections, in order. */
export function equal(left: Collection, right: Collection): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let result: boolean | undefined = true;
  for (let at = 0; at < left.length; at += 1) {
    const same = equalItems(left[at]!, right[at]!);
    if (same === false) return false;
    if (same === undefined) result = undefined;
  }
  return result;
}

const folded = (value: JsonValue | undefined): JsonValue | undefined =>
  typeof value === 'string' ? value.trim().toLowerCase().replace(/\s+/g, ' ') : value;

const equivalentItems = (left: Item, right: Item): boolean =>
  sameValue(folded(left.value), folded(right.value)) || equalItems(left, right) === true;

/** `~`: of collections, in any order. */
export function equivalent(left: Collection, right: Collection): boolean {
  if (left.length !== right.length) return false;
  return left.every((each) => right.some((other) => equivalentItems(each, other)));
}

export const includes = (items: Collection, item: Item): boolean =>
  items.some((each) => equalItems(each, item) === true);

/** Each item once, in order. Strings and numbers are told apart by a set, what is left one by one. */
export function distinctItems(items: Collection): Collection {
  const scalars = new Set<JsonValue>();
  const complex: Item[] = [];
  return items.filter((item) => {
    const { value } = item;
    if (typeof value !== 'string' || isTemporal(item.type.system)) {
      if (includes(complex, item)) return false;
      complex.push(item);
      return true;
    }
    if (scalars.has(value)) return false;
    scalars.add(value);
    return true;
  });
}

function order(left: Item, right: Item): number | undefined {
  const [a, b] = [left.type.system, right.type.system];
  if (isTemporal(a) && isTemporal(b)) return compareTemporal(writtenOf(left.value), writtenOf(right.value));
  if (a === 'Quantity' && b === 'Quantity') {
    const values = quantityValues(left, right);
    return values === undefined ? undefined : values[0] - values[1];
  }
  if (isNumber(left.value) && isNumber(right.value)) return Number(left.value) - Number(right.value);
  if (typeof left.value === 'string' && typeof right.value === 'string')
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  throw new EvaluationFailure('Values of these types have no order.');
}

/** Below zero, zero, above zero; undefined when either is empty or the order is open. */
export function compare(left: Collection, right: Collection): number | undefined {
  const [a, b] = [oneOf(left), oneOf(right)];
  if (a?.value === undefined || b?.value === undefined) return undefined;
  return order(a, b);
}
