// Numbers: HL7 NM (v2.5.1 ch. 2A.3.45: optional sign, digits, optional point) and JSON/CSV numbers to FHIR decimal and
// integer. The digits stay as they were written; only the shape is mended where FHIR's lexical form asks for it.
import { Decimal } from '../../model/json.js';
import { isConverted, type Converted, type Unconvertible } from './converter.js';

/** Most numbers: nothing to mend. */
const plain = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const number = /^([+-]?)(\d*)(?:(\.)(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Whether toDecimal would give a number. */
export const isDecimal = (text: string): boolean => plain.test(text) || isConverted(toDecimal(text));

/** `+007.` -> 7, `.5` -> 0.5, `1.50` stays 1.50. */
export function toDecimal(text: string): Converted | Unconvertible {
  if (plain.test(text)) return { value: new Decimal(text) };
  const match = number.exec(text);
  if (match === null) return { expected: 'decimal' };
  const [, sign = '', whole = '', , fraction = '', exponent] = match;
  if (whole === '' && fraction === '') return { expected: 'decimal' };
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const body = digits + (fraction === '' ? '' : `.${fraction}`) + (exponent === undefined ? '' : `e${exponent}`);
  return { value: new Decimal(sign === '-' ? `-${body}` : body) };
}

/** Whole numbers of at least `minimum`, within 32 bits (FHIR integer). */
export const toInteger =
  (expected: string, minimum: number) =>
  (text: string): Converted | Unconvertible => {
    if (!/^[+-]?\d{1,11}$/.test(text)) return { expected };
    const value = Number(text);
    return value >= minimum && value <= 2147483647 ? { value: value === 0 ? 0 : value } : { expected };
  };
