import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../model/json.js';
import { convertDecimal } from './precision.js';

const kPaToMmHg = (value: number): number => value * 7.50061683;
const toFahrenheit = (value: number): number => value * 1.8 + 32;
const textOf = (value: string, convert: (value: number) => number | undefined): string | undefined =>
  convertDecimal(new Decimal(value), convert)?.text;

describe('an amount in another unit', () => {
  it.each([
    ['16.0', kPaToMmHg, '120.0'],
    ['16', kPaToMmHg, '120'],
    ['5', kPaToMmHg, '38'],
    ['37.0', toFahrenheit, '98.6'],
    ['-40', toFahrenheit, '-40'],
    ['1.2e2', (value: number) => value / 10, '12'],
    ['0.50', (value: number) => value * 1000, '500'],
    ['100', (value: number) => value / 1000, '0.100'],
    ['0', kPaToMmHg, '0'],
  ])('is as precise as %s was written', (sent, convert, expected) => {
    expect(textOf(sent, convert)).toBe(expected);
  });

  it('is none where there is no decimal, or no such unit', () => {
    expect(convertDecimal('16', kPaToMmHg)).toBeUndefined();
    expect(convertDecimal(undefined, kPaToMmHg)).toBeUndefined();
    expect(textOf('', kPaToMmHg)).toBeUndefined();
    expect(textOf('16', () => undefined)).toBeUndefined();
  });

  it('tells what was sent', () => {
    const decimals = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(decimals, fc.double({ min: 0.001, max: 1000, noNaN: true }), ([digits, places], factor) => {
        const sent = (digits / 10 ** places).toFixed(places);
        const converted = textOf(sent, (value) => value * factor);
        expect((Number(converted) / factor).toFixed(places)).toBe(Number(sent).toFixed(places));
      }),
    );
  });
});
