// Offsets from an event in minutes.
import { Refused, type MappingFunction } from './function.js';
import { timeUnitOf } from './time-unit.js';

const minutes: ReadonlyMap<string, number> = new Map([
  ['min', 1],
  ['h', 60],
  ['d', 1440],
  ['wk', 10080],
]);

export const offsetMinutes: MappingFunction = {
  name: 'offset-minutes',
  version: 1,
  doc: 'An offset from an event in whole minutes (http://hl7.org/fhir/R4/datatypes-definitions.html#Timing.repeat.offset).',
  inputs: [
    { name: 'quantity', doc: 'Number of units', optional: true },
    { name: 'unit', doc: 'Unit of time; minutes where absent', optional: true },
  ],
  output: 'unsignedInt',
  examples: [
    { given: ['30', null], gives: 30 },
    { given: ['1.5', 'h'], gives: 90 },
    { given: ['2', 'mo'], gives: { refused: 'not a unit of fixed length in minutes' } },
    { given: ['-5', 'min'], gives: { refused: 'not a whole number of minutes' } },
    { given: ['-0', 'min'], gives: 0 },
    { given: [null, 'h'], gives: null },
  ],
  run: ([quantity, unit]) => {
    if (quantity === undefined) return undefined;
    const length = minutes.get(timeUnitOf(unit ?? 'min') ?? '');
    if (length === undefined) return new Refused('not a unit of fixed length in minutes');
    const total = Number(quantity) * length;
    // Of a sender's -0 remains 0: an unsignedInt has no sign.
    return Number.isSafeInteger(total) && total >= 0 ? Math.abs(total) : new Refused('not a whole number of minutes');
  },
};
