import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadUcum } from '../../adapters/definitions/ucum.js';
import { atomAliases, unitAliases } from './unit-aliases.js';
import { isUcumSyntax } from './ucum-syntax.js';
import { normalizeUnit } from './unit.js';

const isUcum = loadUcum();
const codeOf = (text: string, declared = false) => {
  const answer = normalizeUnit(text, { isUcum, declared });
  return answer.outcome === 'ucum' ? answer.code : undefined;
};

describe('a unit of measure', () => {
  it.each([
    ['mg/dL', 'mg/dL'],
    ['mcg/mL', 'ug/mL'],
    ['cc', 'mL'],
    ['x10E3/uL', '10*3/uL'],
    ['x10^3/uL', '10*3/uL'],
    ['10 3/uL', '10*3/uL'],
    ['x10(6)/uL', '10*6/uL'],
    ['K/uL', '10*3/uL'],
    ['mm/hr', 'mm/h'],
    ['IU/L', '[IU]/L'],
    ['mIU/mL', 'm[IU]/mL'],
    ['mEq/L', 'meq/L'],
    ['µg/L', 'ug/L'],
    ['mm Hg', 'mm[Hg]'],
    ['%', '%'],
  ])('%s is UCUM %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each(['', 'qwerty', 'mg per dL', 'ng/mL FEU', 'S/CO'])('%j is not UCUM and stays text', (text) => {
    expect(codeOf(text)).toBeUndefined();
  });

  it('means what UCUM says where the source names UCUM', () => {
    expect(codeOf('K/uL', true)).toBe('K/uL');
  });

  it('says when the code is not what the source wrote', () => {
    expect(normalizeUnit('cc', { isUcum })).toEqual({ outcome: 'ucum', code: 'mL', alias: true });
    expect(normalizeUnit('mL', { isUcum })).toEqual({ outcome: 'ucum', code: 'mL', alias: false });
  });

  it("follows a feed's own spellings first", () => {
    const aliases = new Map([['pills', '{tbl}']]);
    expect(normalizeUnit('pills', { isUcum, aliases })).toEqual({ outcome: 'ucum', code: '{tbl}', alias: true });
  });

  it('has only aliases that are UCUM', () => {
    const codes = [...unitAliases.values(), ...atomAliases.values()];
    expect(codes.filter((code) => !isUcum(code))).toEqual([]);
  });
});

describe('the form of a UCUM code', () => {
  it.each([
    'mg/dL',
    '10*3/uL',
    '10*',
    "[arb'U]/mL",
    '{beats}/min',
    'mg/(24.h)',
    '/100{WBC}',
    'm/s2',
    'kg.m.s-2',
    'mL/min/{1.73_m2}',
    '%',
    "'",
  ])('%s has it', (code) => {
    expect(isUcumSyntax(code)).toBe(true);
  });

  it.each([
    '',
    ' mg',
    'mg dL',
    'mg//dL',
    '()',
    'mg/(dL',
    'mg)',
    '(m)2',
    '2(m)',
    '[x',
    '{x',
    '{x}1',
    'µg',
    '-',
    'a'.repeat(101),
  ])('%j has it not', (text) => {
    expect(isUcumSyntax(text)).toBe(false);
  });

  it('is asked before the library, which then never writes to the console', () => {
    const log = vi.spyOn(console, 'log');
    const text = fc.string({ unit: fc.constantFrom(..."mgdLK/.()[]{}*^10%2'-+_"), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(text, (unit) => typeof isUcum(unit) === 'boolean'),
      { numRuns: 3000 },
    );
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});
