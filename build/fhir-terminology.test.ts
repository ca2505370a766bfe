import type { CodeSystem, ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { codesAsJson, enumerate, type Terminology } from './fhir-terminology.js';

const colours: CodeSystem = {
  resourceType: 'CodeSystem',
  url: 'http://example.org/colours',
  status: 'active',
  content: 'complete',
  concept: [
    { code: 'warm', concept: [{ code: 'red', concept: [{ code: 'crimson' }] }, { code: 'orange' }] },
    { code: 'blue', property: [{ code: 'shade', valueCode: 'dark' }] },
  ],
};
const fragment: CodeSystem = { ...colours, url: 'http://example.org/fragment', content: 'fragment' };
const system = colours.url ?? '';

const valueSet = (include: ValueSetComposeInclude[], exclude?: ValueSetComposeInclude[]): ValueSet => ({
  resourceType: 'ValueSet',
  status: 'active',
  compose: { include, ...(exclude && { exclude }) },
});

function codesOf(set: ValueSet, others: Readonly<Record<string, ValueSet>> = {}) {
  const terminology: Terminology = {
    codeSystems: new Map([colours, fragment].map((each) => [each.url ?? '', each])),
    valueSets: new Map(Object.entries({ ...others, set })),
  };
  const codes = enumerate('set', terminology);
  return codes === undefined ? undefined : codesAsJson(codes)[system];
}

describe('the codes of a value set', () => {
  it('are all of a complete code system', () => {
    expect(codesOf(valueSet([{ system }]))).toEqual(['warm', 'red', 'crimson', 'orange', 'blue']);
  });

  it('are the concepts listed', () => {
    expect(codesOf(valueSet([{ system, concept: [{ code: 'blue' }] }]))).toEqual(['blue']);
  });

  it.each([
    ['is-a', 'red', ['red', 'crimson']],
    ['descendent-of', 'warm', ['red', 'crimson', 'orange']],
    ['is-not-a', 'warm', ['blue']],
  ] as const)('are those that a filter %s %s leaves', (op, value, codes) => {
    expect(codesOf(valueSet([{ system, filter: [{ property: 'concept', op, value }] }]))).toEqual(codes);
  });

  it('are those with a property of the value', () => {
    expect(codesOf(valueSet([{ system, filter: [{ property: 'shade', op: '=', value: 'dark' }] }]))).toEqual(['blue']);
  });

  it('are in all the value sets of an include', () => {
    const others = {
      warm: valueSet([{ system, filter: [{ property: 'concept', op: 'is-a', value: 'warm' }] }]),
      listed: valueSet([{ system, concept: [{ code: 'red' }, { code: 'blue' }] }]),
    };
    expect(codesOf(valueSet([{ valueSet: ['warm', 'listed'] }]), others)).toEqual(['red']);
  });

  it('are less those excluded', () => {
    expect(codesOf(valueSet([{ system }], [{ system, concept: [{ code: 'blue' }] }]))).not.toContain('blue');
  });

  it('cannot be told when the code system is a fragment', () => {
    expect(codesOf(valueSet([{ system: 'http://example.org/fragment' }]))).toBeUndefined();
  });

  it('cannot be told when a filter is not known here', () => {
    expect(
      codesOf(valueSet([{ system, filter: [{ property: 'concept', op: 'regex', value: '.*' }] }])),
    ).toBeUndefined();
  });

  it('cannot be told when a value set it refers to is not there', () => {
    expect(codesOf(valueSet([{ valueSet: ['http://example.org/elsewhere'] }]))).toBeUndefined();
  });
});
