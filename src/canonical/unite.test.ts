import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import { canonicalJson } from './json.js';
import { unite } from './unite.js';

const leaf = (element: string): LeafLineage => ({ element, from: [], rule: 'm#r', version: '1.0.0' });

const patient = fc.record(
  {
    gender: fc.constantFrom('male', 'female'),
    birthDate: fc.constantFrom('1980', '1980-02-01'),
    maritalStatus: fc.record({ text: fc.constantFrom('M', 'S') }),
    deceasedBoolean: fc.boolean(),
    deceasedDateTime: fc.constant('2020'),
    identifier: fc.array(fc.record({ system: fc.constantFrom('urn:a', 'urn:b'), value: fc.constantFrom('1', '2') }), {
      minLength: 1,
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

describe('uniting two accounts of a resource', () => {
  it('fills in what the first lacks', () => {
    const { content, conflicts } = unite('Patient', { gender: 'female' }, { birthDate: '1980' });
    expect(content).toEqual({ gender: 'female', birthDate: '1980' });
    expect(conflicts).toEqual([]);
  });

  it('keeps the first and names the element where they disagree', () => {
    const { content, conflicts } = unite('Patient', { gender: 'female' }, { gender: 'male' });
    expect(content).toEqual({ gender: 'female' });
    expect(conflicts).toEqual(['gender']);
  });

  it('unites lists without repeating items', () => {
    const first = { telecom: [{ value: '1' }, { value: '2' }] };
    const second = { telecom: [{ value: '2' }, { value: '3' }] };
    expect(unite('Patient', first, second).content).toEqual({
      telecom: [{ value: '1' }, { value: '2' }, { value: '3' }],
    });
  });

  it('takes the fuller of two items when one says all of the other', () => {
    const first = { name: [{ family: 'Berg' }] };
    const second = { name: [{ family: 'Berg', given: ['Ada'] }] };
    expect(unite('Patient', first, second).content).toEqual(second);
    expect(unite('Patient', second, first).content).toEqual(second);
  });

  it('fills in objects that agree and refuses those that do not', () => {
    const open = { period: { start: '2026-01-01' } };
    expect(unite('Encounter', open, { period: { start: '2026-01-01', end: '2026-01-02' } }).content).toEqual({
      period: { start: '2026-01-01', end: '2026-01-02' },
    });
    expect(unite('Encounter', open, { period: { start: '2026-01-03', end: '2026-01-04' } })).toMatchObject({
      content: open,
      conflicts: ['period'],
    });
  });

  it('holds one form of a choice only', () => {
    const { content, conflicts } = unite('Patient', { deceasedBoolean: true }, { deceasedDateTime: '2020' });
    expect(content).toEqual({ deceasedBoolean: true });
    expect(conflicts).toEqual(['deceasedDateTime']);
  });

  it('takes primitives with siblings as one whole, because they are aligned by index', () => {
    const first = { alias: ['a'], _alias: [{ id: 'x' }] };
    expect(unite('Location', first, { alias: ['b'] })).toMatchObject({ content: first, conflicts: ['alias'] });
  });

  it('unites the profiles and tags of meta', () => {
    const { content } = unite(
      'Patient',
      { meta: { profile: ['p'] } },
      { meta: { profile: ['q'], tag: [{ code: 't' }] } },
    );
    expect(content).toEqual({ meta: { profile: ['p', 'q'], tag: [{ code: 't' }] } });
  });

  it('tells the second account’s lineage of the merged places and leaves out what lost', () => {
    const first = { gender: 'female', name: [{ family: 'A' }] };
    const { relocate } = unite('Patient', first, { gender: 'male', name: [{ family: 'B' }], birthDate: '1980' });
    const told = relocate([leaf('gender'), leaf('name[0].family'), leaf('birthDate')]);
    expect(told.map(({ element }) => element)).toEqual(['name[1].family', 'birthDate']);
  });

  it('is idempotent and never loses an element of the first account', () => {
    fc.assert(
      fc.property(patient, patient, (first, second) => {
        const once = unite('Patient', first, second).content;
        expect(canonicalJson(unite('Patient', once, second).content)).toBe(canonicalJson(once));
        expect(Object.keys(once)).toEqual(expect.arrayContaining(Object.keys(first)));
      }),
    );
  });
});
