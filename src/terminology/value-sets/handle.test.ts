import { describe, expect, it } from 'vitest';
import { contentOf } from '../content.js';
import { codeSystemEntry, valueSetEntry } from '../entries.js';
import type { Compose, ValueSetResource } from '../resources.js';
import { plainOptions, scopeOf } from '../scope.js';
import { valueSetHandle } from './handle.js';

const animals = 'http://example.org/animals';
const system = codeSystemEntry({
  resourceType: 'CodeSystem',
  url: animals,
  content: 'complete',
  concept: [
    { code: 'cat', concept: [{ code: 'kitten' }] },
    {
      code: 'dog',
      concept: [{ code: 'puppy' }, { code: 'dodo', property: [{ code: 'inactive', valueBoolean: true }] }],
    },
  ],
});

const valueSet = (name: string, compose: Compose): ValueSetResource => ({
  resourceType: 'ValueSet',
  url: `http://example.org/vs/${name}`,
  compose,
});

const below = (value: string) => ({ system: animals, filter: [{ property: 'concept', op: 'is-a', value }] });
const cats = valueSet('cats', { include: [below('cat')] });
const scope = scopeOf(
  contentOf({ codeSystems: [system], valueSets: [valueSetEntry(cats)], conceptMaps: [] }),
  plainOptions,
);

const answers = (compose: Compose, codes: readonly string[], url = animals) => {
  const handle = valueSetHandle(valueSet('asked', compose), scope);
  return codes.map((code) => handle.has(url, code));
};

describe('a handle on a value set', () => {
  it('tells what filters and lists take', () => {
    expect(answers({ include: [below('cat')] }, ['cat', 'kitten', 'dog', 'cow'])).toEqual([true, true, false, false]);
    expect(answers({ include: [{ system: animals, concept: [{ code: 'dog' }] }] }, ['dog', 'puppy'])).toEqual([
      true,
      false,
    ]);
  });

  it('leaves out what is excluded, and inactive codes where the value set says so', () => {
    const all = { system: animals };
    expect(answers({ include: [all], exclude: [below('cat')] }, ['kitten', 'puppy'])).toEqual([false, true]);
    expect(answers({ inactive: false, include: [all] }, ['dodo', 'puppy'])).toEqual([false, true]);
  });

  it('asks the value sets it refers to; all of those of one include must agree', () => {
    expect(answers({ include: [{ valueSet: [cats.url!] }] }, ['kitten', 'puppy'])).toEqual([true, false]);
    expect(answers({ include: [{ ...below('dog'), valueSet: [cats.url!] }] }, ['kitten', 'puppy'])).toEqual([
      false,
      false,
    ]);
  });

  it('says that it cannot tell where a system or a value set is not here', () => {
    const stranger = 'http://example.org/strangers';
    expect(answers({ include: [{ system: stranger }] }, ['a'], stranger)).toEqual([undefined]);
    expect(answers({ include: [{ valueSet: ['http://example.org/vs/none'] }] }, ['cat'])).toEqual([undefined]);
    expect(answers({ include: [below('cat')] }, ['a'], stranger)).toEqual([false]);
  });

  it('refuses a circle', () => {
    const circle = valueSet('circle', { include: [{ valueSet: ['http://example.org/vs/circle'] }] });
    const own = scopeOf(
      contentOf({ codeSystems: [], valueSets: [valueSetEntry(circle)], conceptMaps: [] }),
      scope.options,
    );
    expect(() => valueSetHandle(circle, own)).toThrow();
  });
});
