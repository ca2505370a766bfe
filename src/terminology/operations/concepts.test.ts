import { describe, expect, it } from 'vitest';
import { boats, flags, harbour, harbourScope, sets, valueSet } from '../../../test/terminology/harbour.js';
import { addToClosure, emptyClosure, relationsSince } from './closure.js';
import { compare } from './compare.js';
import { lookup } from './lookup.js';
import { subsumes } from './subsumes.js';
import { isTranslated, entriesNamed, translate, type TranslateOptions } from './translate.js';

const boat = (code: string) => ({ system: boats, code });

describe('$lookup', () => {
  it('tells everything about a code', () => {
    expect(lookup(boat('dinghy'), harbourScope(), ['*'])).toMatchObject({
      display: 'Dinghy',
      definition: 'A small open boat',
      abstract: false,
      designations: [
        { language: 'en', value: 'Dinghy' },
        { language: 'nb', value: 'Jolle' },
      ],
      properties: [
        { element: { code: 'inactive', valueBoolean: false } },
        { element: { code: 'parent', valueCode: 'sail' }, description: 'Sailing boat' },
      ],
    });
  });

  it.each([
    [{ system: 'urn:example:none', code: 'x' }, 'UNKNOWN_CODESYSTEM'],
    [{ ...boat('yacht'), version: '9' }, 'UNKNOWN_CODESYSTEM_VERSION'],
    [boat('raft'), 'Unknown_Code_in_Version'],
  ])('refuses what is not known: %j', (coding, id) => {
    expect(() => lookup(coding, harbourScope(), [])).toThrow(id);
  });
});

describe('$subsumes', () => {
  it.each([
    ['sail', 'yacht', 'subsumes'],
    ['yacht', 'sail', 'subsumed-by'],
    ['yacht', 'yacht', 'equivalent'],
    ['dinghy', 'yacht', 'not-subsumed'],
  ])('%s and %s: %s', (a, b, outcome) => {
    expect(subsumes(boat(a), boat(b), harbourScope())).toBe(outcome);
  });

  it('refuses codes of two systems', () => {
    expect(() => subsumes(boat('sail'), { system: flags, code: 'NO' }, harbourScope())).toThrow('PARAMETER_INVALID');
  });
});

describe('$translate', () => {
  const maps = entriesNamed('http://harbour.example/ConceptMap/boat-flags', harbour).map((entry) => entry.resource());
  const run = (code: string, options: Partial<TranslateOptions> = {}) => {
    const coding = options.isReverse === true ? { system: flags, code } : boat(code);
    return translate(coding, maps, harbour, { dependencies: [], isReverse: false, ...options });
  };
  const told = (...asked: Parameters<typeof run>) =>
    run(...asked).map(({ equivalence, source, target }) => [source.code, equivalence, target.code]);

  it('finds the targets of a code', () => {
    expect(told('dinghy')).toEqual([['dinghy', 'wider', 'NO']]);
    expect(run('yacht')).toMatchObject([
      { products: [{ property: 'fee', value: 'high' }], map: 'http://harbour.example/ConceptMap/boat-flags|1' },
    ]);
  });

  it('heeds what a target depends on', () => {
    expect(told('yacht', { dependencies: [{ property: 'port', value: 'Visby' }] })).toEqual([
      ['yacht', 'equivalent', 'SE'],
      ['yacht', 'equivalent', 'NO'],
    ]);
  });

  it('finds the sources of a code', () => {
    expect(told('NO', { isReverse: true })).toEqual([
      ['dinghy', 'wider', 'NO'],
      ['yacht', 'equivalent', 'NO'],
    ]);
  });

  it('says when nothing corresponds', () => {
    expect(isTranslated(run('row'))).toBe(false);
  });

  it('does what the map says of codes without a row', () => {
    expect(told('raft')).toEqual([['raft', 'inexact', 'XX']]);
    expect(run('raft', { targetSystem: 'urn:example:other' })).toEqual([]);
  });
});

describe('$compare', () => {
  const list = (...codes: readonly string[]) =>
    valueSet('list', [{ system: boats, concept: codes.map((code) => ({ code })) }]);
  it.each([
    ['two orders of one list', list('row', 'yacht'), list('yacht', 'row'), 'same', false],
    ['a part of a list', list('row'), list('yacht', 'row'), 'subset', false],
    ['more than a list', list('row', 'yacht'), list('row'), 'superset', false],
    ['lists that overlap', list('row', 'yacht'), list('row', 'sail'), 'overlapping', false],
    ['lists that do not', list('row'), list('sail'), 'disjoint', false],
    ['a filter and a list', sets.sailing, list('sail', 'dinghy', 'yacht'), 'same', true],
    ['a system and its part', sets.all, sets.sailing, 'superset', true],
    ['whole systems', sets.all, sets.flags, 'disjoint', false],
  ])('%s', (_, a, b, relation, performedExpansion) => {
    expect(compare(a, b, harbourScope())).toMatchObject({ relation, performedExpansion });
  });
});

describe('$closure', () => {
  it('grows by the relations of the codes added', () => {
    const scope = harbourScope();
    const first = addToClosure(emptyClosure, [boat('yacht')], scope);
    const second = addToClosure(first, [boat('sail'), boat('yacht'), boat('row')], scope);
    expect(relationsSince(second, 0)).toEqual([{ system: boats, code: 'yacht', ancestor: 'sail', version: 2 }]);
    expect(relationsSince(second, second.version)).toEqual([]);
  });
});
