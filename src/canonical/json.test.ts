import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal, type JsonObject, type JsonValue } from '../model/json.js';
import { canonicalJson, printJson } from './json.js';

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

/** The same value with every object's keys inserted in another order. */
function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as JsonValue[]).map(reversed);
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return value;
  const entries = Object.entries(value as JsonObject).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member!)]));
}

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 does', () => {
    const object = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(object)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('prints numbers and literals as RFC 8785 section 3.2.2 does', () => {
    const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0];
    expect(canonicalJson({ numbers, literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}',
    );
  });

  it('prints the text of a decimal', () => {
    expect(canonicalJson([new Decimal('1.50'), new Decimal('0.10')])).toBe('[1.50,0.10]');
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: [], c: {} })).toBe('{"b":[],"c":{}}');
  });

  it('refuses a number that JSON cannot hold', () => {
    expect(() => canonicalJson([Number.NaN])).toThrow('not finite');
  });

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(reversed(value)) === canonicalJson(value)));
  });

  it('says what JSON.parse reads back', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('escapes every string as ECMAScript does', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => canonicalJson(text) === JSON.stringify(text)));
    expect(canonicalJson('\ud800')).toBe(String.raw`"\ud800"`);
  });
});

describe('printed JSON', () => {
  it('puts the type, id and meta of every resource first and keeps the rest in order', () => {
    const patient = { status: 'x', meta: {}, id: 'p', resourceType: 'Patient', active: true };
    expect(printJson({ z: 1, a: [patient] })).toBe(
      '{"z":1,"a":[{"resourceType":"Patient","id":"p","meta":{},"status":"x","active":true}]}',
    );
  });

  it('prints as JSON.stringify does where there is no resource', () => {
    const plain = fc.jsonValue().map((value) => ({ value }));
    fc.assert(fc.property(plain, (value) => printJson(value) === JSON.stringify(value)));
    fc.assert(fc.property(plain, (value) => printJson(value, 2) === JSON.stringify(value, null, 2)));
  });

  it('prints the text of a decimal, indented too', () => {
    expect(printJson({ value: new Decimal('7.0') }, 2)).toBe('{\n  "value": 7.0\n}');
  });
});
