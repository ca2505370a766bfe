// Lengths of time whose unit stands beside them.
import { Decimal } from '../../model/json.js';
import { isConverted } from '../convert/converter.js';
import { toDecimal } from '../convert/number.js';
import { Refused, type MappingFunction } from './function.js';
import { timeUnitOf } from './time-unit.js';

export const timeAmount: MappingFunction = {
  name: 'time-amount',
  version: 1,
  doc: 'The number of a length of time, if its unit is one of time: none goes without the other (http://hl7.org/fhir/R4/datatypes.html#Timing, tim-1 and tim-2), and none is negative (tim-4, tim-5).',
  inputs: [
    { name: 'amount', doc: 'Number of units', optional: true },
    { name: 'unit', doc: 'UCUM code or English name', optional: true },
  ],
  output: 'decimal',
  examples: [
    { given: ['1.50', 'h'], gives: new Decimal('1.50') },
    { given: ['1', 'ann'], gives: { refused: 'there is no unit of time beside it' } },
    { given: ['1', null], gives: { refused: 'there is no unit of time beside it' } },
    { given: ['-1', 'd'], gives: { refused: 'not a length of time' } },
    { given: [null, 'd'], gives: null },
  ],
  run: ([amount, unit]) => {
    if (amount === undefined) return undefined;
    if (timeUnitOf(unit ?? '') === undefined) return new Refused('there is no unit of time beside it');
    const converted = toDecimal(amount.trim());
    return isConverted(converted) && !amount.trim().startsWith('-')
      ? converted.value
      : new Refused('not a length of time');
  },
};
