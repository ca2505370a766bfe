import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRising } from './rule-order.js';

describe('the longest rising run', () => {
  it('leaves out as few as it can', () => {
    expect(longestRising([0, 1, 2])).toEqual([0, 1, 2]);
    expect(longestRising([1, 2, 0])).toEqual([1, 2]);
    expect(longestRising([2, 1, 0])).toHaveLength(1);
    expect(longestRising([])).toEqual([]);
  });

  it('rises, and stands in the order of the numbers', () => {
    const numbers = fc.uniqueArray(fc.nat(50), { maxLength: 20 });
    fc.assert(
      fc.property(numbers, (list) => {
        const run = longestRising(list);
        expect(run).toEqual([...run].sort((a, b) => a - b));
        expect(run).toEqual(list.filter((number) => run.includes(number)));
      }),
    );
  });
});
