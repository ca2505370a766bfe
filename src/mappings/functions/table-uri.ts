// The URI of an HL7 v2 table.
import { hl7TableUri } from '../../terminology/systems/coding-system-names.js';
import { Refused, type MappingFunction } from './function.js';

/** `1`, `0001` or `HL70001`. */
const tableName = /^(?:HL7)?(\d{1,4})$/i;

export const tableUriOf = (table: string): string | undefined => {
  const digits = tableName.exec(table)?.[1];
  return digits === undefined ? undefined : hl7TableUri(digits);
};

export const tableUri: MappingFunction = {
  name: 'table-uri',
  version: 1,
  doc: 'The URI of the code system of an HL7 v2 table (HL7 Terminology, http://terminology.hl7.org/codesystems-v2.html).',
  inputs: [{ name: 'table', doc: 'Table number, with or without `HL7` and leading zeros' }],
  output: 'uri',
  examples: [
    { given: ['0001'], gives: 'http://terminology.hl7.org/CodeSystem/v2-0001' },
    { given: ['HL70203'], gives: 'http://terminology.hl7.org/CodeSystem/v2-0203' },
    { given: ['85'], gives: 'http://terminology.hl7.org/CodeSystem/v2-0085' },
    { given: ['LOCAL'], gives: { refused: 'not the number of an HL7 table' } },
    { given: [null], gives: null },
  ],
  run: ([table]) =>
    table === undefined ? undefined : (tableUriOf(table) ?? new Refused('not the number of an HL7 table')),
};
