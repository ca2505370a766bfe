// Waveform values as FHIR's SampledData.data.
import { Refused, type MappingFunction } from './function.js';

/** `.` and `E`, `U`, `L` are FHIR's own; HL7 leaves a missing value empty. */
const value = /^(?:[+-]?\d+(?:\.\d+)?|[EUL])$/;

export const sampledValues: MappingFunction = {
  name: 'sampled-values',
  version: 1,
  doc: 'The numbers of a numeric array separated by blanks (HL7 v2.5.1 ch. 2A.45, NA; http://hl7.org/fhir/R4/datatypes.html#SampledData).',
  inputs: [
    { name: 'values', doc: 'The whole of the array with its component delimiters' },
    { name: 'delimiter', doc: 'The component delimiter; `^` where absent', optional: true },
  ],
  output: 'string',
  examples: [
    { given: ['125^34^-22', null], gives: '125 34 -22' },
    { given: ['1.5', null], gives: '1.5' },
    { given: ['1^^3', null], gives: '1 E 3', because: 'an empty place is an error reading (E)' },
    { given: ['high^low', null], gives: { refused: 'not a list of numbers' } },
  ],
  run: ([values, delimiter]) => {
    if (values === undefined) return undefined;
    const items = values.split(delimiter ?? '^').map((item) => item.trim() || 'E');
    return items.every((item) => value.test(item)) ? items.join(' ') : new Refused('not a list of numbers');
  },
};
