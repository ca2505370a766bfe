// Lengths of time as HL7 v2 wrote them in one token: a letter for the unit and a whole number (`D10`, `H8`).
import { Refused, type FunctionInputs, type MappingFunction } from './function.js';

/** UCUM by the letter (HL7 v2.5.1 ch. 4.3.3.1); `L` is the standard's letter for months. */
const units: ReadonlyMap<string, string> = new Map([
  ['S', 's'],
  ['M', 'min'],
  ['H', 'h'],
  ['D', 'd'],
  ['W', 'wk'],
  ['L', 'mo'],
]);

const refused = new Refused('not a letter S, M, H, D, W or L and a whole number');

function partsOf([interval]: FunctionInputs): { unit: string; amount: number } | Refused | undefined {
  if (interval === undefined) return undefined;
  const [, letter, digits] = /^([A-Z])([1-9]\d*)$/.exec(interval) ?? [];
  const unit = units.get(letter ?? '');
  return unit === undefined ? refused : { unit, amount: Number(digits) };
}

const input = { name: 'interval', doc: 'Letter and number, such as D10', optional: true };

export const intervalAmount: MappingFunction = {
  name: 'interval-amount',
  version: 1,
  doc: 'The number of an interval written as one token (HL7 v2.5.1 ch. 4.3.3.1).',
  inputs: [input],
  output: 'decimal',
  examples: [
    { given: ['D10'], gives: 10 },
    { given: ['H8'], gives: 8 },
    { given: ['INDEF'], gives: { refused: refused.reason } },
    { given: [null], gives: null },
  ],
  run: (inputs) => {
    const parts = partsOf(inputs);
    return parts instanceof Refused ? parts : parts?.amount;
  },
};

export const intervalUnit: MappingFunction = {
  name: 'interval-unit',
  version: 1,
  doc: 'The unit of an interval written as one token, in UCUM (HL7 v2.5.1 ch. 4.3.3.1).',
  inputs: [input],
  output: 'code',
  examples: [
    { given: ['D10'], gives: 'd' },
    { given: ['L2'], gives: 'mo', because: 'L is the letter for months' },
    { given: ['10'], gives: { refused: refused.reason } },
    { given: [null], gives: null },
  ],
  run: (inputs) => {
    const parts = partsOf(inputs);
    return parts instanceof Refused ? parts : parts?.unit;
  },
};
