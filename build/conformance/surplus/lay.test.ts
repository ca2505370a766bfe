import { expect, it } from 'vitest';
import type { Account, Kind } from './account.js';
import type { Fact } from './facts.js';
import { lay } from './lay.js';

const fact = (value: string, by: string): Fact => ({ type: by, path: 'Patient.name.given', value });
const kindOf: Readonly<Record<string, Kind>> = { a: 'a row of the guide', b: 'a row of the guide', c: 'stamp' };
const accountOf = ({ type }: Fact): Account => ({ kind: kindOf[type]!, rule: type, row: '', reason: '' });
const surplus = (v: string) => ({ path: 'Patient.name.given', v });

const laid = (extra: readonly string[], facts: readonly Fact[]) =>
  lay(extra.map(surplus), facts, accountOf).map(({ account: { rule }, count, shared }) => [rule, count, shared]);

it('lays a surplus fact to the rule that wrote this value there', () => {
  expect(laid(['Ada'], [fact('Ada', 'a'), fact('Eve', 'b')])).toEqual([['a', 1, undefined]]);
});

it('shares facts in proportion where several rules wrote the value, and says whether they are of one kind', () => {
  const facts = [fact('Ada', 'a'), fact('Ada', 'a'), fact('Ada', 'a'), fact('Ada', 'b')];
  expect(laid(['Ada', 'Ada'], facts)).toEqual([
    ['a', 1.5, 'rules'],
    ['b', 0.5, 'rules'],
  ]);
  expect(laid(['Ada'], [fact('Ada', 'a'), fact('Ada', 'c')])).toEqual([
    ['a', 0.5, 'kinds'],
    ['c', 0.5, 'kinds'],
  ]);
});

it('lays a value that the scorer spells otherwise to those of the path that are not named', () => {
  expect(laid(['Ada', 'respelled'], [fact('Ada', 'a'), fact('urn:local', 'b')])).toEqual([
    ['a', 1, undefined],
    ['b', 1, undefined],
  ]);
});
