import { describe, expect, it } from 'vitest';
import { contentOf } from '../content.js';
import { codeSystemEntry } from '../entries.js';
import type { DictionaryConcept } from './dictionary.js';
import { dictionaryFaults } from './faults.js';
import { outdatedCodes } from './outdated.js';

const boats = 'http://example.org/boats';
const loinc = 'http://loinc.org';

const content = contentOf({
  codeSystems: [
    codeSystemEntry({
      ...{ resourceType: 'CodeSystem', url: boats, version: '2.0', content: 'complete' },
      property: [{ code: 'inactive', uri: 'http://hl7.org/fhir/concept-properties#inactive' }],
      concept: [
        { code: 'length' },
        { code: 'beam' },
        { code: 'burden', property: [{ code: 'inactive', valueBoolean: true }] },
      ],
    }),
  ],
  valueSets: [],
  conceptMaps: [],
});

const lengths: Readonly<Record<string, number>> = { m: 1, cm: 0.01, km: 1000 };
const ground = {
  content,
  isUcum: (code: string) => code in lengths || code === 'mol' || code === 'g',
  convert: (value: number, from: string, to: string, molarMass?: number) => {
    const [own, other] = [lengths[from], lengths[to]];
    if (own !== undefined && other !== undefined) return (value * own) / other;
    return molarMass !== undefined && from === 'g' && to === 'mol' ? value / molarMass : undefined;
  },
};

const boat = (id: string, more: Partial<DictionaryConcept> = {}): DictionaryConcept => ({
  ...{ id, name: id, kind: 'measurement', status: 'active', owner: 'o', definition: 'd' },
  codes: [{ system: boats, code: 'length' }],
  unit: { canonical: 'm', allowed: ['cm'] },
  ...more,
});
const beam = { codes: [{ system: boats, code: 'beam' }] };
const retired = { status: 'retired', codes: [{ system: boats, code: 'draught' }] } as const;
const withoutUnit = ({ unit: _, ...concept }: DictionaryConcept): DictionaryConcept => concept;

const told = (...concepts: DictionaryConcept[]) =>
  dictionaryFaults(concepts, ground).map(({ concept, path, text }) => `${concept.id} ${path.join('/')}: ${text}`);

describe('a dictionary', () => {
  it('stands with concepts, a panel of them, a retired one, and codes of systems that nobody has here', () => {
    const panel = withoutUnit(
      boat('size', {
        kind: 'panel',
        members: ['size.length', 'size.beam'],
        codes: [{ system: 'http://example.org/elsewhere', code: 'x' }],
      }),
    );
    const tide = withoutUnit(boat('tide', { kind: 'coded', codes: [{ system: loinc, code: '2345-7' }] }));
    const old = boat('draught', { ...retired, replacedBy: 'size.length' });
    expect(told(panel, boat('size.length'), boat('size.beam', beam), tide, old)).toEqual([]);
  });

  it.each<readonly [name: string, concepts: readonly DictionaryConcept[], fault: RegExp]>([
    ['two concepts of one id', [boat('a'), boat('a', beam)], /^a id: There are two concepts a\. Give/],
    [
      'a code in two active concepts',
      [boat('a'), boat('b')],
      /^b codes\/0\/code: The code length is one of a already\./,
    ],
    [
      'a code twice',
      [
        boat('a', {
          codes: [
            { system: boats, code: 'beam' },
            { system: boats, code: 'beam' },
          ],
        }),
      ],
      /^a codes\/1\/code: a has the code beam twice\./,
    ],
    [
      'a code that its system does not have',
      [boat('a', { codes: [{ system: boats, code: 'mast' }] })],
      /^a codes\/0\/code: mast is no code of http:\/\/example\.org\/boats\|2\.0\. Correct/,
    ],
    [
      'a version that is not here',
      [boat('a', { codes: [{ system: boats, code: 'beam', version: '1.0' }] })],
      /boats\|1\.0 is not installed, and another version is/,
    ],
    [
      'a LOINC code with a wrong check digit',
      [boat('a', { codes: [{ system: loinc, code: '2345-8' }] })],
      /2345-8 is no LOINC code/,
    ],
    [
      'a canonical unit that is no UCUM',
      [boat('a', { unit: { canonical: 'fathoms' } })],
      /^a unit\/canonical: fathoms is no UCUM code\./,
    ],
    [
      'an allowed unit that is no UCUM',
      [boat('a', { unit: { canonical: 'm', allowed: ['cm', 'ell'] } })],
      /^a unit\/allowed\/1: ell is no UCUM code\./,
    ],
    [
      'an allowed unit of another dimension',
      [boat('a', { unit: { canonical: 'm', allowed: ['g'] } })],
      /^a unit\/allowed\/0: g does not convert to m\./,
    ],
    [
      'an amount of substance in grams, without a mass',
      [boat('a', { unit: { canonical: 'mol', allowed: ['g'] } })],
      /g does not convert to mol\. Correct it, or give the molarMass/,
    ],
    [
      'the canonical unit among the allowed',
      [boat('a', { unit: { canonical: 'm', allowed: ['m'] } })],
      /m is the canonical unit\. Remove it/,
    ],
    [
      'a molar mass that nothing needs',
      [boat('a', { unit: { canonical: 'm', allowed: ['cm'], molarMass: 18 } })],
      /^a unit\/molarMass: No allowed unit converts/,
    ],
    [
      'a measurement without a unit',
      [withoutUnit(boat('a'))],
      /^a kind: a is of kind measurement, and has no unit\. Add unit/,
    ],
    [
      'a panel without members',
      [withoutUnit(boat('a', { kind: 'panel' }))],
      /^a kind: a is of kind panel, and has no members/,
    ],
    ['a coded concept with a unit', [boat('a', { kind: 'coded' })], /^a unit: a is of kind coded, which has no unit/],
    [
      'a member that is not there',
      [withoutUnit(boat('a', { kind: 'panel', members: ['b'] }))],
      /^a members\/0: a has the member b, which is not in the dictionary/,
    ],
    [
      'a member that is no measurement',
      [withoutUnit(boat('a', { kind: 'panel', members: ['a'] }))],
      /^a members\/0: a is no measurement/,
    ],
    [
      'a member that is retired',
      [withoutUnit(boat('a', { kind: 'panel', members: ['b'] })), boat('b', retired)],
      /^a members\/0: b is retired/,
    ],
    [
      'a replacement of what is in use',
      [boat('a', { replacedBy: 'b' }), boat('b', beam)],
      /^a replacedBy: a is active: only a retired concept/,
    ],
    [
      'a replacement that is not there',
      [boat('a', { ...retired, replacedBy: 'b' })],
      /^a replacedBy: a is replaced by b, which is not/,
    ],
    [
      'a replacement that is retired itself',
      [boat('a', { ...retired, replacedBy: 'a' })],
      /^a replacedBy: a is replaced by a, which is retired\. Name an active/,
    ],
  ])('is refused for %s', (_name, concepts, fault) => {
    const faults = told(...concepts);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('lets a draft and a retired concept have the code of an active one', () => {
    expect(told(boat('a'), boat('b', { status: 'draft' }), boat('c', { status: 'retired' }))).toEqual([]);
  });

  it('takes with a molar mass what converts by it alone', () => {
    expect(told(boat('a', { unit: { canonical: 'mol', allowed: ['g'], molarMass: 18 } }))).toEqual([]);
  });
});

it('a code that went out of use is told of, but in what is retired itself', () => {
  const burden = boat('a', { codes: [{ system: boats, code: 'burden' }] });
  expect(outdatedCodes(burden, content)).toEqual(['a: burden is no longer in use in http://example.org/boats|2.0.']);
  expect(outdatedCodes({ ...burden, status: 'retired' }, content)).toEqual([]);
  expect(outdatedCodes(boat('a'), content)).toEqual([]);
});
