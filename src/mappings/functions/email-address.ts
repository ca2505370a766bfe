// The electronic address of a telecommunication entry.
import type { MappingFunction } from './function.js';

export const emailAddress: MappingFunction = {
  name: 'email-address',
  version: 1,
  doc: 'The electronic address: XTN.4, or XTN.1 where an older sender wrote it there (HL7 v2.5.1 ch. 2A.89).',
  inputs: [
    { name: 'address', doc: 'Communication address (XTN.4)', optional: true },
    { name: 'text', doc: 'Telephone number (XTN.1)', optional: true },
  ],
  output: 'string',
  examples: [
    { given: ['ada@example.org', null], gives: 'ada@example.org' },
    { given: [null, 'ada@example.org'], gives: 'ada@example.org' },
    { given: [null, '5550100'], gives: null, because: 'a number is no address' },
  ],
  run: ([address, text]) => address ?? (text?.includes('@') === true ? text : undefined),
};
