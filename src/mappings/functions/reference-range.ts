// What a reference range says in numbers (OBX-7, HL7 v2.5.1 ch. 7.4.2.7).
import { Decimal, type MutableObject, type MutableValue } from '../../model/json.js';
import { codeSystemUriOf } from './code-system-uri.js';
import type { FunctionEnvironment, FunctionInputs, MappingFunction } from './function.js';

interface Limits {
  readonly low?: string;
  readonly high?: string;
}

const number = String.raw`[+-]?\d+(?:\.\d+)?`;
/** `3.5-5.0`, `3.5 - 5.0`, `-2 to 2`; both ends are numbers of their own, so that a phone-like text is none. */
const between = new RegExp(`^(${number})\\s*(?:-|–|to)\\s*(${number})$`, 'i');
/** `<5`, `> 10`, `>=10`. */
const bounded = new RegExp(`^([<>]=?)\\s*(${number})$`);

function betweenLimits(text: string): Limits {
  const match = between.exec(text);
  if (match === null) return none;
  const [, low = '', high = ''] = match;
  return Number(low) > Number(high) ? none : { low, high };
}

function boundedLimits(text: string): Limits {
  const match = bounded.exec(text);
  if (match === null) return none;
  const [, sign = '', limit = ''] = match;
  return sign.startsWith('<') ? { high: limit } : { low: limit };
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
