// Units of time as FHIR's Timing has them.
import { Refused, type MappingFunction } from './function.js';

/** UCUM's own codes, and the spellings of HL7's TQ intervals (ch. 4.3.2.1). */
const units: ReadonlyMap<string, string> = new Map([
  ['s', 's'],
  ['sec', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['min', 'min'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['h', 'h'],
  ['hr', 'h'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['d', 'd'],
  ['day', 'd'],
  ['days', 'd'],
  ['w', 'wk'],
  ['wk', 'wk'],
  ['week', 'wk'],
  ['weeks', 'wk'],
  ['mo', 'mo'],
  ['month', 'mo'],
  ['months', 'mo'],
  ['a', 'a'],
  ['yr', 'a'],
  ['year', 'a'],
  ['years', 'a'],
]);

export const timeUnitOf = (text: string): string | undefined => units.get(text.toLowerCase());

export const timeUnit: MappingFunction = {
  name: 'time-unit',
  version: 1,
  doc: 'A unit of time as a UCUM code (http://hl7.org/fhir/R4/valueset-units-of-time.html).',
  inputs: [{ name: 'unit', doc: 'UCUM code or English name', optional: true }],
  output: 'code',
  examples: [
    { given: ['h'], gives: 'h' },
    { given: ['Days'], gives: 'd' },
    { given: ['fortnight'], gives: { refused: 'not a unit of time' } },
    { given: [null], gives: null },
  ],
  run: ([unit]) => (unit === undefined ? undefined : (timeUnitOf(unit) ?? new Refused('not a unit of time'))),
};
