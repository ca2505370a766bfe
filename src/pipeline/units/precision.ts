// An amount in another unit, as precise as it was written: neither digits that nobody measured, nor fewer than were.
import { Decimal, type JsonValue } from '../../model/json.js';

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** More than a Number tells apart. */
const mostDigits = 15;

/**
 * The converted amount of a FHIR decimal. The last digit of what was written stands for a step; the answer is rounded to
 * the greatest power of ten that is no more than this step converted, so that what was sent can be told from it again:
 * 5 kPa are 38 mm[Hg], 16.0 kPa are 120.0. Undefined for what is no decimal or cannot be converted.
 *
 * @param convert the amount in the other unit; undefined where there is none
 */
export function convertDecimal(
  value: JsonValue | undefined,
  convert: (value: number) => number | undefined,
): Decimal | undefined {
  const text = value instanceof Decimal ? value.text : typeof value === 'number' ? String(value) : '';
  const step = stepOf(text);
  const amount = Number(text);
  if (step === undefined || !Number.isFinite(amount)) return undefined;
  const [converted, next] = [convert(amount), convert(amount + step)];
  if (converted === undefined || next === undefined) return undefined;
  return new Decimal(rounded(converted, Math.abs(next - converted)));
}

/** What one more in the last digit is: 0.1 of `16.0`, 10 of `1.2e2`. */
function stepOf(text: string): number | undefined {
  const [, , whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  return whole + fraction === '' ? undefined : 10 ** (Number(exponent) - fraction.length);
}

function rounded(value: number, step: number): string {
  // The difference of two converted amounts is not exact: a hair below a power of ten is that power.
  const places = Math.ceil(-Math.log10(step) - 1e-6);
  const most = mostDigits - 1 - Math.floor(Math.log10(Math.abs(value) || 1));
  return value.toFixed(Math.max(0, Math.min(places, most, 100)));
}
