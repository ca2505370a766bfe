import { expect, it } from 'vitest';
import { moduleReasons } from './reasons.js';

it('takes the docs of rules at any depth, and not that of the module', () => {
  const yaml = `
module: 'X[Y]'
doc: All of it.
rules:
  - { id: plain, from: X-1, to: a }
  - id: outer
    doc: Why outer.
    each: X-2
    rules:
      - { id: inner, doc: Why inner., from: ., to: b }
`;
  expect(moduleReasons(yaml)).toEqual([
    ['X[Y]#outer', 'Why outer.'],
    ['X[Y]#inner', 'Why inner.'],
  ]);
});
