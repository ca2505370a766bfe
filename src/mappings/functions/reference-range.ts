// What a reference range says in numbers (OBX-7, HL7 v2.5.1 ch. 7.4.2.7).
import { Decimal, type MutableObject, type MutableValue } from '../../model/json.js';
import { codeSystemUriOf } from './code-system-uri.js';
import type { FunctionEnvironment, FunctionInputs, MappingFunction } from './function.js';

interface Limits {
  readonly low?: string;
  readonly high?: string;
}

/** `3.5-5.0`, `3.5 - 5.0`, `-2 to 2`; both ends are numbers of their own, so that a phone-like text is none. */
function betweenLimits(text: string): Limits {
  const lowEnd = numberEnd(text, 0);
  const start = blanksEnd(text, separatorEnd(text, blanksEnd(text, lowEnd)));
  if (numberEnd(text, start) !== text.length) return none;
  const [low, high] = [text.slice(0, lowEnd), text.slice(start)];
  return Number(low) > Number(high) ? none : { low, high };
}

/** `<5`, `> 10`, `>=10`. */
function boundedLimits(text: string): Limits {
  const start = blanksEnd(text, text[1] === '=' ? 2 : 1);
  if (numberEnd(text, start) !== text.length) return none;
  const limit = text.slice(start);
  return text.startsWith('<') ? { high: limit } : { low: limit };
}

// Where what starts at a place ends; -1 where it does not stand there, or where it was asked for at -1.

/** A number with or without a sign: `[+-]?\d+(\.\d+)?`. */
function numberEnd(text: string, start: number): number {
  if (start < 0) return -1;
  const digits = text[start] === '-' || text[start] === '+' ? start + 1 : start;
  const whole = digitsEnd(text, digits);
  if (whole === digits) return -1;
  const fraction = text[whole] === '.' ? digitsEnd(text, whole + 1) : whole;
  return fraction > whole + 1 ? fraction : whole;
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(at)) at++;
  return at;
}

function separatorEnd(text: string, start: number): number {
  if (start < 0) return -1;
  if (text[start] === '-' || text[start] === '–') return start + 1;
  return text.slice(start, start + 2).toLowerCase() === 'to' ? start + 2 : -1;
}

function blanksEnd(text: string, start: number): number {
  let at = start;
  while (at >= 0 && at < text.length && text[at]!.trim() === '') at++;
  return at;
}

const none: Limits = {};

/** The numbers of a range that is written as one; an empty object when it is a phrase (then only the text speaks). */
export function rangeLimits(text: string): Limits {
  const trimmed = text.trim();
  return trimmed.startsWith('<') || trimmed.startsWith('>') ? boundedLimits(trimmed) : betweenLimits(trimmed);
}

/** JSON allows no leading `+` and no leading zeros. */
const decimal = (text: string): Decimal =>
  new Decimal(isDigit.test(text) ? text : text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));
const isDigit = /^[1-9]/;

/** The limit with the unit of the result: the range is in the unit of OBX-6 (ch. 7.4.2.6). */
function quantityOf(
  limit: string | undefined,
  inputs: FunctionInputs,
  { feed }: FunctionEnvironment,
): MutableValue | undefined {
  if (limit === undefined) return undefined;
  const code = inputs[1];
  const unit = inputs[2] ?? code;
  const system = inputs[3];
  const quantity: MutableObject = { value: decimal(limit) };
  if (unit !== undefined) quantity['unit'] = unit;
  if (code === undefined || system === undefined) return quantity;
  quantity['system'] = codeSystemUriOf(system, feed);
  quantity['code'] = code;
  return quantity;
}

const inputs: MappingFunction['inputs'] = [
  { name: 'range', doc: 'The range as text: `3.5-5.0`, `<5`, `>=10` or a phrase', optional: true },
  { name: 'code', doc: 'Code of the unit (OBX-6.1)', optional: true },
  { name: 'unit', doc: 'Text of the unit (OBX-6.2)', optional: true },
  { name: 'system', doc: 'Coding system of the unit (OBX-6.3)', optional: true },
];

export const referenceRangeLow: MappingFunction = {
  name: 'reference-range-low',
  version: 1,
  doc: 'The lower limit of a reference range given as text, in the unit of the result (HL7 v2.5.1 ch. 7.4.2.7, OBX-7).',
  inputs,
  output: 'Quantity',
  examples: [
    {
      given: ['3.50-5.0', 'mmol/L', null, 'UCUM'],
      gives: { value: new Decimal('3.50'), unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    },
    { given: ['-2 to 2', null, null, null], gives: { value: new Decimal('-2') } },
    { given: ['>=10', 'mg/dl', null, null], gives: { value: new Decimal('10'), unit: 'mg/dl' } },
    { given: ['<5', 'mg/dL', null, null], gives: null, because: 'it has no lower limit' },
    { given: ['Negative', null, null, null], gives: null, because: 'a phrase: only the text of the range speaks' },
  ],
  run: (given, environment) => quantityOf(rangeLimits(given[0] ?? '').low, given, environment),
};

export const referenceRangeHigh: MappingFunction = {
  name: 'reference-range-high',
  version: 1,
  doc: 'The upper limit of a reference range given as text, in the unit of the result (HL7 v2.5.1 ch. 7.4.2.7, OBX-7).',
  inputs,
  output: 'Quantity',
  examples: [
    {
      given: ['3.5-5.0', 'mmol/L', 'millimole per litre', null],
      gives: { value: new Decimal('5.0'), unit: 'millimole per litre' },
    },
    { given: ['< 5', null, null, null], gives: { value: new Decimal('5') } },
    { given: ['>10', null, null, null], gives: null, because: 'it has no upper limit' },
    { given: ['9-3', null, null, null], gives: null, because: 'the limits stand in the wrong order' },
    { given: [null, null, null, null], gives: null },
  ],
  run: (given, environment) => quantityOf(rangeLimits(given[0] ?? '').high, given, environment),
};
