import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../adapters/definitions/fhir-definitions.js';
import { Decimal, type JsonValue } from '../../model/json.js';
import { sureTests } from './at-sight.js';
import { isCalendarDay } from './calendar.js';
import { isOfKind, primitiveFormat, type JsonKind } from './formats.js';

const definitions = loadDefinitions();

function primitive(name: string) {
  const type = definitions.type(name);
  if (type?.pattern === undefined) throw new Error(`${name} has no pattern.`);
  return { format: primitiveFormat(type), pattern: new RegExp(type.pattern, 'u') };
}

const dates = ['date', 'dateTime', 'instant'];
const integers = ['integer', 'unsignedInt', 'positiveInt'];

/** What the specification says of a value: its JSON kind, its pattern, and the prose beside the pattern. */
function isPublished(name: string, value: JsonValue, kind: JsonKind, pattern: RegExp): boolean {
  if (!isOfKind(value, kind)) return false;
  if (!pattern.test(typeof value === 'string' ? value : `${value as number}`)) return false;
  if (dates.includes(name)) return isCalendarDay(value as string);
  return !integers.includes(name) || Math.abs(Number(value) + 0.5) <= 2 ** 31;
}

/** A few characters of each other kind among those of which dates, ids and URLs are made. */
const character = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...'0123456789-+:.TZ/aZ_') },
  fc.constantFrom('\0', '\t', '\n', '\v', '\f', '\r', ' ', '\u007f', '\u00a0', '\u2028', '\ud800', '😀', 'é'),
);

const moments = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
  .chain((text) => fc.constantFrom(text.slice(0, 10), text.slice(0, 19) + 'Z', text.slice(0, 19) + '+02:00', text));

/** A text with one of its characters another one. */
const nearly = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(texts, fc.nat(), character).map(([text, place, other]) => {
    const at = place % text.length;
    return text.slice(0, at) + other + text.slice(at + 1);
  });

const values: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: character, maxLength: 80 }),
  moments,
  nearly(moments),
  fc.integer(),
  fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
  fc.double(),
  fc.constantFrom<JsonValue>(null, true, false, 0, -0, {}, [], new Decimal('1'), new Decimal('x')),
);

describe('what is told at sight', () => {
  it.each(Object.keys(sureTests))('%s is always what its published pattern accepts', (name) => {
    const { format, pattern } = primitive(name);
    fc.assert(
      fc.property(values, (value) => {
        if (!format.isSure(value)) return;
        expect(value).not.toBe('');
        expect(isPublished(name, value, format.json, pattern)).toBe(true);
        expect(format.accepts(value)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each<[string, ...JsonValue[]]>([
    ['boolean', true, false],
    ['string', 'two words', 'é'],
    ['markdown', '*two* words'],
    ['code', 'final'],
    ['uri', 'urn:oid:2.999.1'],
    ['url', 'http://example.org/a'],
    ['canonical', 'http://example.org/a|1'],
    ['id', 'a-1.B', 'a'.repeat(64)],
    ['date', '2024-02-29', '1999-12-31'],
    ['dateTime', '2024-02-29', '2024-02-29T23:59:59Z', '2024-02-29T08:00:00-05:00'],
    ['instant', '2024-02-29T23:59:59Z', '2024-02-29T08:00:00+13:59'],
    ['integer', 0, -1, 2147483647, -2147483648],
    ['unsignedInt', 0, 1],
    ['positiveInt', 1],
    ['decimal', 1.5, 1e-7, 1e21],
  ])('%s may be told so', (name, ...common) => {
    const { isSure } = primitive(name).format;
    expect(common.filter((value) => !isSure(value))).toEqual([]);
  });

  it.each<[string, ...JsonValue[]]>([
    ['string', '', 'a\vb'],
    ['code', 'two words', ' a'],
    ['uri', '', 'urn: x'],
    ['id', 'a_b', 'a'.repeat(65)],
    ['date', '2023-02-29', '2024-13-01', '2024-00-01', '2024-01-00', '0000-01-01', '1980'],
    ['dateTime', '2023-02-29T10:00:00Z', '2024-02-29T24:00:00Z', '2024-02-29T08:00:00+14:30', '2024-02-29T08:00:00'],
    ['instant', '2024-02-29'],
    ['integer', 1.5, 2147483648],
    ['unsignedInt', -1],
    ['positiveInt', 0],
    ['decimal', NaN, Infinity, '1'],
  ])('%s is left to its format otherwise', (name, ...others) => {
    const { isSure } = primitive(name).format;
    expect(others.filter((value) => isSure(value))).toEqual([]);
  });
});
