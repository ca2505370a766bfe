import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, bagOf, overlap } from './alignment.js';

const byText = { keys: [(text: string) => text], likeness: () => undefined, threshold: 1 };
const byLetters = {
  keys: [(text: string) => text],
  likeness: (a: string, b: string) => overlap(bagOf(a), bagOf(b)),
  threshold: 0.5,
};

describe('aligning two lists', () => {
  it('lets an item come without moving the others', () => {
    expect(align(['a', 'b'], ['x', 'a', 'b'], byText)).toEqual({
      pairs: [
        [0, 1],
        [1, 2],
      ],
      gone: [],
      come: [0],
    });
  });

  it('takes equal items in their order', () => {
    expect(align(['a', 'a'], ['a'], byText)).toEqual({ pairs: [[0, 0]], gone: [1], come: [] });
  });

  it('takes the most alike for one, and nothing below the threshold', () => {
    const { pairs, gone, come } = align(['abcd', 'wxyz'], ['abce', 'qqqq'], byLetters);
    expect({ pairs, gone, come }).toEqual({ pairs: [[0, 0]], gone: [1], come: [1] });
  });

  it('accounts for every item once', () => {
    const list = fc.array(fc.string({ maxLength: 3 }), { maxLength: 8 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { pairs, gone, come } = align(before, after, byLetters);
        const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
        expect(sorted([...pairs.map(([from]) => from), ...gone])).toEqual([...before.keys()]);
        expect(sorted([...pairs.map(([, to]) => to), ...come])).toEqual([...after.keys()]);
      }),
    );
  });
});

describe('the overlap of two bags', () => {
  it('is 1 for equal ones, 0 for those that share nothing, and the same both ways', () => {
    expect(overlap(bagOf('aab'), bagOf('aab'))).toBe(1);
    expect(overlap(bagOf('a'), bagOf('b'))).toBe(0);
    expect(overlap(bagOf(''), bagOf(''))).toBe(0);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => overlap(bagOf(a), bagOf(b)) === overlap(bagOf(b), bagOf(a))),
    );
  });
});
