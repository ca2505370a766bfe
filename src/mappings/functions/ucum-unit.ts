// Units of measure as UCUM codes.
import type { MappingFunction } from './function.js';

/** UCUM's names in table 0396 and as URI, OID or standard number. */
const ucumNames: ReadonlySet<string> = new Set([
  'UCUM',
  'HTTP://UNITSOFMEASURE.ORG',
  'HTTP://UNITSOFMEASURE.ORG/',
  'URN:OID:2.16.840.1.113883.6.8',
  '2.16.840.1.113883.6.8',
]);

/** A UCUM expression in form: printable ASCII without blanks, brackets balanced (UCUM section 2.1). */
const formed = /^[!-~]+$/;

const balanced = (code: string): boolean =>
  ['()', '[]', '{}'].every(([open, close]) => code.split(open ?? '').length === code.split(close ?? '').length);

export const isUcumName = (system: string): boolean => ucumNames.has(system.trim().toUpperCase());

export const ucumUnit: MappingFunction = {
  name: 'ucum-unit',
  version: 1,
  doc: 'The UCUM code of a unit, where the sender says that it is UCUM (OBX-6; http://hl7.org/fhir/R4/datatypes.html#Quantity).',
  inputs: [
    { name: 'code', doc: 'Identifier of the unit (CWE.1)', optional: true },
    { name: 'system', doc: 'Coding system (CWE.3), as in table 0396, or a URI', optional: true },
  ],
  output: 'code',
  examples: [
    { given: ['mg/dL', 'UCUM'], gives: 'mg/dL' },
    { given: ['10*3/uL', 'http://unitsofmeasure.org'], gives: '10*3/uL' },
    { given: ['mg/dl', null], gives: null, because: 'nobody said that it is UCUM' },
    { given: ['MG/DL', 'ISO+'], gives: null, because: 'ISO+ is another system' },
    { given: ['per minute', 'UCUM'], gives: null, because: 'UCUM codes have no blanks' },
  ],
  run: ([code, system]) =>
    code !== undefined && system !== undefined && isUcumName(system) && formed.test(code) && balanced(code)
      ? code
      : undefined,
};
