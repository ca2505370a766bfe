// Whole numbers above zero.
import { Refused, type MappingFunction } from './function.js';

export const positiveWhole: MappingFunction = {
  name: 'positive-whole',
  version: 1,
  doc: 'A number as FHIR’s positiveInt; HL7 writes whole numbers as NM, `2` or `2.0` (HL7 v2.5.1 ch. 2A.47).',
  inputs: [{ name: 'number', doc: 'Numeric text', optional: true }],
  output: 'positiveInt',
  examples: [
    { given: ['3'], gives: 3 },
    { given: ['+2.0'], gives: 2 },
    { given: ['0'], gives: { refused: 'not a whole number above zero' } },
    { given: ['2.5'], gives: { refused: 'not a whole number above zero' } },
    { given: [null], gives: null },
  ],
  run: ([text]) => {
    if (text === undefined) return undefined;
    const whole = /^\+?0*(\d{1,10})(?:\.0*)?$/.exec(text.trim())?.[1];
    const number = whole === undefined ? 0 : Number(whole);
    return number > 0 && number <= 2147483647 ? number : new Refused('not a whole number above zero');
  },
};
