// What words have in common, beside the plain meaning of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEvery } from './postings.js';

const size = 200;
const list = fc.array(fc.nat({ max: size - 1 }), { maxLength: 80 });

describe('postings', () => {
  it('gives the concepts that every word has, each once and in order', () => {
    const lists = fc.array(list, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lists, ([first = [], ...others]) => {
        const wanted = [...new Set(first)].filter((each) => others.every((other) => other.includes(each)));
        const asked = [first, ...others].map((each) => Int32Array.from(each));
        expect([...inEvery(asked, size)]).toEqual(wanted.sort((a, b) => a - b));
      }),
    );
  });

  it('gives nothing where nothing is asked', () => {
    expect([...inEvery([], size)]).toEqual([]);
  });
});
