// What a reference range says in numbers (OBX-7, HL7 v2.5.1 ch. 7.4.2.7).
import { Decimal } from '../../model/json.js';
import type { MappingFunction } from './function.js';

interface Limits {
  readonly low?: string;
  readonly high?: string;
}

const number = String.raw`[+-]?\d+(?:\.\d+)?`;
/** `3.5-5.0`, `3.5 - 5.0`, `-2 to 2`; both ends are numbers of their own, so that a phone-like text is none. */
const between = new RegExp(`^(${number})\\s*(?:-|–|to)\\s*(${number})$`, 'i');
/** `<5`, `> 10`, `>=10`. */
const bounded = new RegExp(`^([<>]=?)\\s*(${number})$`);

function betweenLimits(text: string): Limits | undefined {
  const [, low, high] = between.exec(text) ?? [];
  if (low === undefined || high === undefined || Number(low) > Number(high)) return undefined;
  return { low, high };
}

function boundedLimits(text: string): Limits | undefined {
  const [, sign, limit] = bounded.exec(text) ?? [];
  if (sign === undefined || limit === undefined) return undefined;
  return sign.startsWith('<') ? { high: limit } : { low: limit };
}

/** The numbers of a range that is written as one; an empty object when it is a phrase (then only the text speaks). */
export const rangeLimits = (text: string): Limits => betweenLimits(text.trim()) ?? boundedLimits(text.trim()) ?? {};

/** JSON allows no leading `+` and no leading zeros. */
const decimal = (text: string): Decimal => new Decimal(text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));

const input = { name: 'range', doc: 'The range as text: `3.5-5.0`, `<5`, `>=10` or a phrase', optional: true } as const;

export const referenceRangeLow: MappingFunction = {
  name: 'reference-range-low',
  version: 1,
  doc: 'The lower limit of a reference range given as text (HL7 v2.5.1 ch. 7.4.2.7, OBX-7).',
  inputs: [input],
  output: 'decimal',
  examples: [
    { given: ['3.50-5.0'], gives: new Decimal('3.50') },
    { given: ['-2 to 2'], gives: new Decimal('-2') },
    { given: ['>=10'], gives: new Decimal('10') },
    { given: ['<5'], gives: null, because: 'it has no lower limit' },
    { given: ['Negative'], gives: null, because: 'a phrase: only the text of the range speaks' },
  ],
  run: ([range]) => {
    const low = range === undefined ? undefined : rangeLimits(range).low;
    return low === undefined ? undefined : decimal(low);
  },
};

export const referenceRangeHigh: MappingFunction = {
  name: 'reference-range-high',
  version: 1,
  doc: 'The upper limit of a reference range given as text (HL7 v2.5.1 ch. 7.4.2.7, OBX-7).',
  inputs: [input],
  output: 'decimal',
  examples: [
    { given: ['3.5-5.0'], gives: new Decimal('5.0') },
    { given: ['< 5'], gives: new Decimal('5') },
    { given: ['>10'], gives: null, because: 'it has no upper limit' },
    { given: ['9-3'], gives: null, because: 'the limits stand in the wrong order' },
    { given: [null], gives: null },
  ],
  run: ([range]) => {
    const high = range === undefined ? undefined : rangeLimits(range).high;
    return high === undefined ? undefined : decimal(high);
  },
};
