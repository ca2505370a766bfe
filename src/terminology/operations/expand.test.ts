import { describe, expect, it } from 'vitest';
import { boats, harbourScope, sets, valueSet } from '../../../test/terminology/harbour.js';
import type { ValueSetResource } from '../resources.js';
import { expand, type ExpandedCode, type ExpandOptions } from './expand.js';

const plain: ExpandOptions = {
  excludeNested: true,
  includeDesignations: false,
  designations: [],
  properties: [],
  limit: 100,
};
type Scoping = NonNullable<Parameters<typeof harbourScope>[0]>;
const run = (set: ValueSetResource, options: Partial<ExpandOptions> = {}, scope: Scoping = {}) =>
  expand(set, harbourScope(scope), { ...plain, ...options });
const codes = (expanded: readonly ExpandedCode[]): unknown[] =>
  expanded.map(({ code, contains }) => (contains.length === 0 ? code : [code, codes(contains)]));

describe('an expansion', () => {
  it.each([
    ['a whole system', sets.all, ['sail', 'dinghy', 'yacht', 'row']],
    ['an older version', sets.old, ['sail', 'dinghy', 'yacht']],
    ['a filter', sets.sailing, ['sail', 'dinghy', 'yacht']],
    ['active codes', sets.active, ['sail', 'dinghy', 'yacht']],
    ['a list, in its order', sets.listed, ['yacht', 'row']],
    ['the codes of two value sets', sets.both, ['yacht']],
    ['all but the excluded', sets.without, ['sail', 'dinghy', 'row']],
  ])('has %s', (_, set, expected) => {
    const { codes: found, total } = run(set);
    expect([codes(found), total]).toEqual([expected, expected.length]);
  });

  it('is nested as the system is, unless that is not wanted', () => {
    expect(codes(run(sets.all, { excludeNested: false }).codes)).toEqual([['sail', ['dinghy', 'yacht']], 'row']);
  });

  it('comes in pages with a total that stays', () => {
    const page = (offset: number) => run(sets.all, { offset, count: 3, excludeNested: false });
    expect([0, 3, 6].map((offset) => [codes(page(offset).codes), page(offset).total])).toEqual([
      [['sail', 'dinghy', 'yacht'], 4],
      [['row'], 4],
      [[], 4],
    ]);
    expect(run(sets.all, { count: 0 })).toMatchObject({ codes: [], total: 4 });
  });

  it('is filtered by text, likeliest first', () => {
    expect(codes(run(sets.all, { filter: 'boat' }).codes)).toEqual(['row', 'sail']);
    expect(codes(run(sets.all, { filter: 'sail bo' }).codes)).toEqual(['sail']);
    expect(run(sets.all, { filter: 'tractor' }).total).toBe(0);
  });

  it('shows displays in the language asked for, and the others as designations', () => {
    const [, dinghy] = run(sets.all, { includeDesignations: true }, { language: 'nb' }).codes;
    expect(dinghy).toMatchObject({ display: 'Jolle', designations: [{ language: 'en', value: 'Dinghy' }] });
    const strict = run(sets.listed, {}, { language: 'fi,*;q=0' }).codes;
    expect(strict.map(({ display }) => display)).toEqual([undefined, undefined]);
  });

  it('shows what the value set says about a code', () => {
    expect(run(sets.listed).codes[0]).toMatchObject({ display: 'Big yacht' });
  });

  it('shows the properties asked for, and the status', () => {
    const { codes: found, properties } = run(sets.listed, { properties: ['hull', 'definition'] });
    expect(found.map((each) => each.properties)).toEqual([
      [{ code: 'hull', valueCode: 'decked' }],
      [{ code: 'status', valueCode: 'retired' }],
    ]);
    expect(properties.map(({ element, uri }) => [element.code, uri])).toEqual([
      ['hull', 'http://harbour.example/hull'],
      ['status', 'http://hl7.org/fhir/concept-properties#status'],
    ]);
  });

  it('says what it was made of', () => {
    expect(run(sets.both).traces).toEqual([
      { name: 'used-valueset', value: 'http://harbour.example/ValueSet/sailing|1' },
      { name: 'used-codesystem', value: `${boats}|2.0.0` },
      { name: 'used-valueset', value: 'http://harbour.example/ValueSet/listed|1' },
    ]);
    expect(run(sets.flags).reasons).toHaveLength(1);
  });

  it('names the versions where there are several', () => {
    const several = valueSet('several', [
      { system: boats, version: '1.0.0' },
      { system: boats, version: '2.0.0' },
    ]);
    const versions = run(several).codes.map(({ code, version }) => `${code} ${version}`);
    expect(versions).toEqual(expect.arrayContaining(['yacht 1.0.0', 'yacht 2.0.0', 'row 2.0.0']));
  });

  it.each([
    ['goes in a circle', sets.circleA, {}, 'VALUESET_CIRCULAR_REFERENCE'],
    ['lacks a value set', sets.lost, {}, 'VS_EXP_IMPORT_UNK'],
    ['lacks a code system', sets.unknown, {}, 'UNKNOWN_CODESYSTEM_EXP'],
    ['cannot be computed', sets.bad, {}, 'FILTER_NOT_UNDERSTOOD'],
    ['is too large', sets.all, { limit: 3 }, 'VALUESET_TOO_COSTLY'],
  ])('is refused when it %s', (_, set, options, id) => {
    expect(() => run(set, options)).toThrow(id);
  });
});
