// http://hl7.org/fhirpath/N1/#conversion
import type { JsonValue } from '../../../model/json.js';
import { Decimal } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { nullary, type FunctionDefinition } from '../closure.js';
import { ucumOf } from '../comparison.js';
import {
  decimal,
  integer,
  isNumber,
  maybe,
  none,
  quantity,
  temporal,
  text,
  truth,
  writtenOf,
  type Collection,
  type Item,
} from '../item.js';
import { oneOf } from '../singletons.js';

type Convert = (value: JsonValue, item: Item) => Collection;

const words: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  '1.0': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  '0.0': false,
};

function toBoolean(value: JsonValue): Collection {
  if (typeof value === 'boolean') return truth(value);
  if (isNumber(value)) return maybe(Number(value) === 1 ? true : Number(value) === 0 ? false : undefined);
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return maybe(Object.hasOwn(words, word) ? words[word] : undefined);
}

function toInteger(value: JsonValue): Collection {
  if (typeof value === 'boolean') return integer(value ? 1 : 0);
  if (isNumber(value)) return Number.isInteger(Number(value)) ? integer(Number(value)) : none;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? integer(Number(value)) : none;
}

function toDecimal(value: JsonValue): Collection {
  if (typeof value === 'boolean') return decimal(value ? 1 : 0);
  if (isNumber(value)) return decimal(Number(value));
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? decimal(Number(value)) : none;
}

function toText(value: JsonValue): Collection {
  if (typeof value === 'string') return text(value);
  if (value instanceof Decimal) return text(value.text);
  if (typeof value === 'boolean' || typeof value === 'number') return text(String(value));
  if (isObject(value) && isNumber(value.value))
    return text(`${writtenOf(value.value)} '${writtenOf(value.code ?? value.unit ?? '1')}'`);
  return none;
}

const textual =
  (kind: 'Date' | 'DateTime' | 'Time', pattern: RegExp, cut?: RegExp): Convert =>
  (value) => {
    if (typeof value !== 'string' || !pattern.test(value)) return none;
    return temporal(kind, cut === undefined ? value : value.replace(cut, ''));
  };

const dateTime = /^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const measured = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|(\w+))?$/;

function toQuantity(value: JsonValue, { type }: Item): Collection {
  if (isNumber(value)) return quantity(Number(value), '1');
  if (isObject(value) && type.system === 'Quantity') return [{ type, value, sibling: undefined }];
  const matched = typeof value === 'string' ? measured.exec(value) : null;
  return matched === null ? none : quantity(Number(matched[1]), matched[2] ?? ucumOf(matched[3] ?? '1'));
}

const conversions: Readonly<Record<string, Convert>> = {
  Boolean: toBoolean,
  Integer: toInteger,
  Decimal: toDecimal,
  String: toText,
  Date: textual('Date', dateTime, /T.*$/),
  DateTime: textual('DateTime', dateTime),
  Time: textual('Time', /^\d\d(:\d\d(:\d\d(\.\d+)?)?)?$/),
  Quantity: toQuantity,
};

const converted = (convert: Convert, input: Collection): Collection => {
  const item = oneOf(input);
  return item?.value === undefined ? none : convert(item.value, item);
};

const to = (convert: Convert): FunctionDefinition => nullary((input) => converted(convert, input));

const convertsTo = (convert: Convert): FunctionDefinition =>
  nullary((input) => (input.length === 0 ? none : truth(converted(convert, input).length > 0)));

export const conversion: Readonly<Record<string, FunctionDefinition>> = Object.fromEntries(
  Object.entries(conversions).flatMap(([name, convert]) => [
    [`to${name}`, to(convert)],
    [`convertsTo${name}`, convertsTo(convert)],
  ]),
);
