import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeafLineage } from '../../model/lineage.js';
import { leaf } from '../../../test/store/outcomes.js';
import { lineageOf, lineageText } from './lineage-text.js';

const positions = fc.record({ path: fc.string({ unit: 'binary' }), offset: fc.nat() }, { requiredKeys: ['path'] });
const conversions = fc.record(
  { kind: fc.constantFrom('function', 'assumed'), by: fc.string(), because: fc.string() },
  { requiredKeys: ['kind', 'by'] },
);
const names = fc.constantFrom('a/b#c', 'a/b#d', 'e/f#g');
const leaves = fc.record(
  {
    element: fc.string(),
    from: fc.array(positions),
    rule: names,
    version: fc.constantFrom('1.0.0', '1.1.0'),
    via: fc.array(names, { minLength: 1 }),
    conversions: fc.array(conversions),
  },
  { requiredKeys: ['element', 'from', 'rule', 'version'] },
) as fc.Arbitrary<LeafLineage>;

describe('Stored lineage', () => {
  it('gives back the leaves it was made of', () => {
    fc.assert(
      fc.property(fc.array(leaves), (given) => {
        expect(lineageOf(lineageText(given))).toEqual(given);
      }),
    );
  });

  it('names each rule once', () => {
    const text = lineageText([leaf('name[0].family', 'PID-5.1', 40), leaf('name[0].given[0]', 'PID-5.2')]);
    expect(JSON.parse(text)).toEqual({
      rules: [['northlab/obx#obs.value', '1.0.0']],
      leaves: [
        ['name[0].family', 0, [['PID-5.1', 40]]],
        ['name[0].given[0]', 0, [['PID-5.2']]],
      ],
    });
  });
});
