// The comparator of a structured numeric.
import { Refused, type MappingFunction } from './function.js';

const comparators: ReadonlySet<string> = new Set(['<', '<=', '>=', '>']);

export const comparator: MappingFunction = {
  name: 'comparator',
  version: 1,
  doc: 'The comparator of a structured numeric as FHIR’s (HL7 v2.5.1 ch. 2A.72, SN.1; http://hl7.org/fhir/R4/valueset-quantity-comparator.html).',
  inputs: [{ name: 'sign', doc: 'SN.1: <, >, <=, >=, = or <>', optional: true }],
  output: 'code',
  examples: [
    { given: ['<'], gives: '<' },
    { given: ['>='], gives: '>=' },
    { given: ['='], gives: null, because: 'a FHIR Quantity without comparator is equal' },
    { given: ['<>'], gives: { refused: 'FHIR R4 has no such comparator' } },
    { given: [null], gives: null },
  ],
  run: ([sign]) => {
    if (sign === undefined || sign === '=') return undefined;
    return comparators.has(sign) ? sign : new Refused('FHIR R4 has no such comparator');
  },
};
