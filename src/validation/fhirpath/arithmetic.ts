// Arithmetic and concatenation (http://hl7.org/fhirpath/N1/#math).
import type { JsonObject, JsonValue } from '../../model/json.js';
import { isObject } from '../objects.js';
import { EvaluationFailure } from './failure.js';
import {
  decimal,
  integer,
  isNumber,
  none,
  quantity,
  temporal,
  text,
  writtenOf,
  type Collection,
  type Item,
} from './item.js';
import { oneOf, stringOf } from './singletons.js';
import { addTime } from './temporal.js';

type Calculate = (left: number, right: number) => number | undefined;

const calculations: Readonly<Record<string, Calculate>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  div: (left, right) => (right === 0 ? undefined : Math.trunc(left / right)),
  mod: (left, right) => (right === 0 ? undefined : left % right),
};

/** Binary fractions that decimal arithmetic would not show: 0.1 + 0.2 (FHIRPath asks for 8 places at least). */
const rounded = (value: number): number => Number(value.toPrecision(15));

const isWhole = ({ type }: Item): boolean => type.system === 'Integer';

function numbers(name: string, left: Item, right: Item): Collection {
  const result = calculations[name]?.(Number(left.value), Number(right.value));
  if (result === undefined) return none;
  const whole = name === 'div' || (name !== '/' && isWhole(left) && isWhole(right));
  return whole ? integer(result) : decimal(rounded(result));
}

const codeOf = (value: JsonObject): string => {
  const unit = value.code ?? value.unit;
  return typeof unit === 'string' ? unit : '1';
};

/** UCUM's codes of calendar units, as literals have them. */
const calendarUnits: Readonly<Record<string, string>> = {
  a: 'year',
  mo: 'month',
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
};

const isTemporal = ({ type: { system } }: Item): boolean =>
  system === 'Date' || system === 'DateTime' || system === 'Time';

function moved(name: string, left: Item, amount: JsonObject): Collection {
  const value = Number(amount.value);
  const unit = calendarUnits[codeOf(amount)] ?? '';
  const result = addTime(writtenOf(left.value), name === '-' ? -value : value, unit);
  return result === undefined ? none : temporal(left.type.system as 'Date', result);
}

function quantities(name: string, left: JsonObject, right: JsonObject): Collection {
  if (codeOf(left) !== codeOf(right)) return none;
  const result = calculations[name]?.(Number(left.value), Number(right.value));
  return result === undefined ? none : quantity(rounded(result), codeOf(left));
}

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';

/** `+ - * / div mod` of two collections of at most one item; nothing where either is empty. */
export function calculate(name: string, left: Collection, right: Collection): Collection {
  const [a, b] = [oneOf(left), oneOf(right)];
  if (a?.value === undefined || b?.value === undefined) return none;
  if (isNumber(a.value) && isNumber(b.value)) return numbers(name, a, b);
  if (isTemporal(a) && isObject(b.value)) return moved(name, a, b.value);
  if (isObject(a.value) && isObject(b.value)) return quantities(name, a.value, b.value);
  if (name === '+' && isText(a.value) && isText(b.value)) return text(a.value + b.value);
  throw new EvaluationFailure('The operands are not of types that can be calculated with.');
}

/** `&`: an empty operand counts as an empty string. */
export const concatenate = (left: Collection, right: Collection): Collection =>
  text((stringOf(left) ?? '') + (stringOf(right) ?? ''));

/** `-` before a term. */
export function negate(items: Collection): Collection {
  const item = oneOf(items);
  if (item?.value === undefined) return none;
  if (isNumber(item.value)) return isWhole(item) ? integer(-Number(item.value)) : decimal(-Number(item.value));
  if (isObject(item.value) && isNumber(item.value.value))
    return quantity(-Number(item.value.value), codeOf(item.value));
  throw new EvaluationFailure('Only a number has a sign.');
}
