import { describe, expect, it } from 'vitest';
import { loadUcum } from '../../adapters/definitions/ucum.js';
import { atomAliases, unitAliases } from './unit-aliases.js';
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
