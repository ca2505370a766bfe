// Several texts as one.
import type { MappingFunction } from './function.js';

export const joinText: MappingFunction = {
  name: 'join-text',
  version: 1,
  doc: 'Joins the texts that are there, in order, with one separator between.',
  inputs: [
    { name: 'first', doc: 'Text', optional: true },
    { name: 'second', doc: 'Text', optional: true },
    { name: 'third', doc: 'Text', optional: true },
    { name: 'fourth', doc: 'Text', optional: true },
    { name: 'fifth', doc: 'Text', optional: true },
    { name: 'separator', doc: 'Between two texts; a blank where absent', optional: true },
  ],
  output: 'string',
  examples: [
    { given: ['100', 'Main St', null, null, null, null], gives: '100 Main St' },
    { given: ['<>', '5', null, null, 'mg/dL', null], gives: '<> 5 mg/dL' },
    { given: ['10', null, '20', null, null, '-'], gives: '10-20' },
    { given: [null, null, null, null, null, ', '], gives: null },
  ],
  run: ([first, second, third, fourth, fifth, separator]) => {
    const texts = [first, second, third, fourth, fifth].filter((text) => text !== undefined && text !== '');
    return texts.length === 0 ? undefined : texts.join(separator ?? ' ');
  },
};
