import { describe, expect, it } from 'vitest';
import { compileCodeSystem } from '../code-systems/compile.js';
import { compileFilter } from './index.js';

const boats = compileCodeSystem({
  resourceType: 'CodeSystem',
  url: 'urn:example:boats',
  property: [{ code: 'hull', type: 'code' }],
  concept: [
    {
      code: 'sail',
      display: 'Sailing boat',
      concept: [
        { code: 'dinghy', property: [{ code: 'hull', valueCode: 'open' }] },
        { code: 'yacht', property: [{ code: 'hull', valueCode: 'decked' }], concept: [{ code: 'ketch' }] },
      ],
    },
    {
      code: 'row',
      property: [
        { code: 'hull', valueCode: 'open' },
        { code: 'inactive', valueBoolean: true },
      ],
    },
  ],
});

const taken = (property: string, op: string, value: string) => {
  const test = compileFilter({ property, op, value }, boats);
  return typeof test === 'string'
    ? test
    : boats
        .concepts()!
        .filter(test)
        .map(({ code }) => code);
};

describe('filters', () => {
  it.each([
    ['concept', 'is-a', 'sail', ['sail', 'dinghy', 'yacht', 'ketch']],
    ['concept', 'descendent-of', 'sail', ['dinghy', 'yacht', 'ketch']],
    ['concept', 'is-not-a', 'yacht', ['sail', 'dinghy', 'row']],
    ['concept', 'generalizes', 'ketch', ['sail', 'yacht', 'ketch']],
    ['concept', 'child-of', 'sail', ['dinghy', 'yacht']],
    ['concept', 'descendent-leaf', 'sail', ['dinghy', 'ketch']],
    ['concept', 'is-a', 'submarine', []],
    ['hull', '=', 'open', ['dinghy', 'row']],
    ['hull', 'in', 'open, decked', ['dinghy', 'yacht', 'row']],
    ['hull', 'not-in', 'open', ['sail', 'yacht', 'ketch']],
    ['hull', 'exists', 'true', ['dinghy', 'yacht', 'row']],
    ['hull', 'exists', 'false', ['sail', 'ketch']],
    ['hull', 'regex', 'o.*', ['dinghy', 'row']],
    ['code', 'regex', '.{4,5}', ['sail', 'yacht', 'ketch']],
    ['parent', '=', 'sail', ['dinghy', 'yacht']],
    ['inactive', '=', 'true', ['row']],
    ['display', '=', 'Sailing boat', ['sail']],
  ])('%s %s %s', (property, op, value, codes) => {
    expect(taken(property, op, value)).toEqual(codes);
  });

  it.each([
    ['mast', '=', 'one', 'not-understood'],
    ['concept', 'near', 'sail', 'not-understood'],
    ['hull', 'is-a', 'open', 'not-understood'],
    ['hull', 'exists', 'perhaps', 'not-understood'],
    ['code', 'regex', '(', 'not-understood'],
    ['code', 'regex', '((a{999}){999}){999}', 'too-costly'],
  ])('cannot compute %s %s %s: %s', (property, op, value, fault) => {
    expect(taken(property, op, value)).toBe(fault);
  });
});
