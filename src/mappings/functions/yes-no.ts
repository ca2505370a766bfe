// Yes and no as booleans.
import { Refused, type MappingFunction } from './function.js';

const answers: ReadonlyMap<string, boolean> = new Map([
  ['Y', true],
  ['N', false],
]);

export const yesNo: MappingFunction = {
  name: 'yes-no',
  version: 1,
  doc: 'A yes/no indicator as a boolean (HL7 table 0136).',
  inputs: [{ name: 'indicator', doc: 'Y or N', optional: true }],
  output: 'boolean',
  examples: [
    { given: ['Y'], gives: true },
    { given: ['n'], gives: false },
    { given: ['2'], gives: { refused: 'not a code of table 0136' } },
    { given: [null], gives: null },
  ],
  run: ([indicator]) =>
    indicator === undefined
      ? undefined
      : (answers.get(indicator.toUpperCase()) ?? new Refused('not a code of table 0136')),
};
