// Days of the week by number.
import { Refused, type MappingFunction } from './function.js';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const dayOfWeek: MappingFunction = {
  name: 'day-of-week',
  version: 1,
  doc: 'A day of the week by its number from Monday, as of a phase range in days of the week (HL7 v2.5.1 ch. 2A.64, RPT.2 DW, RPT.3).',
  inputs: [{ name: 'number', doc: '1 (Monday) to 7 (Sunday)', optional: true }],
  output: 'code',
  examples: [
    { given: ['1'], gives: 'mon' },
    { given: ['7'], gives: 'sun' },
    { given: ['8'], gives: { refused: 'not a number from 1 to 7' } },
    { given: [null], gives: null },
  ],
  run: ([number]) =>
    number === undefined ? undefined : (days[Number(number) - 1] ?? new Refused('not a number from 1 to 7')),
};
