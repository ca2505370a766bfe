import { describe, expect, it } from 'vitest';
import { contentOf } from '../content.js';
import { entriesOf, joinEntries } from '../entries.js';
import type { Compose, ValueSetResource } from '../resources.js';
import { compileCodingTest } from './coding-test.js';

const boats = 'http://example.org/boats';
const stars = 'http://example.org/stars';

const valueSet = (id: string, version: string, compose?: Compose): ValueSetResource => ({
  ...{ resourceType: 'ValueSet', url: `http://example.org/${id}`, version, status: 'active' },
  ...(compose && { compose }),
});

const content = contentOf(
  joinEntries(
    [
      {
        ...{ resourceType: 'CodeSystem' as const, url: boats, version: '2.0', content: 'complete', status: 'active' },
        property: [{ code: 'inactive', uri: 'http://hl7.org/fhir/concept-properties#inactive' }],
        concept: [
          { code: 'ketch' },
          { code: 'yawl' },
          { code: 'galley', property: [{ code: 'inactive', valueBoolean: true }] },
        ],
      },
      valueSet('all', '1.0', { include: [{ system: boats }] }),
      valueSet('all', '1.1', { include: [{ system: boats, concept: [{ code: 'yawl' }] }] }),
      valueSet('active', '1', { inactive: false, include: [{ system: boats }] }),
      valueSet('pinned', '1', { include: [{ system: boats, version: '2.0' }] }),
      valueSet('listed', '1', {
        include: [{ system: stars, version: '9', concept: [{ code: 'vega' }, { code: 'deneb' }] }],
      }),
      valueSet('but', '1', {
        include: [{ valueSet: ['http://example.org/listed'] }, { system: boats }],
        exclude: [{ system: stars, version: '9', concept: [{ code: 'deneb' }] }],
      }),
      valueSet('whole', '1', { include: [{ system: stars }, { system: stars, concept: [{ code: 'vega' }] }] }),
      valueSet('old', '1', { include: [{ system: boats, version: '1.0' }] }),
      valueSet('torn', '1', { include: [{ valueSet: ['http://example.org/lost'] }] }),
      valueSet('nothing', '1'),
      { ...valueSet('expanded', '1'), expansion: { contains: [{ contains: [{ system: boats, code: 'yawl' }] }] } },
      valueSet('odd', '1', {
        include: [{ system: boats, filter: [{ property: 'rig', op: 'resembles', value: 'x' }] }],
      }),
    ].map((each) => entriesOf(each)),
  ),
);

function testOf(canonical: string) {
  const compiled = compileCodingTest(content, `http://example.org/${canonical}`);
  if (!compiled.ok) throw new Error(compiled.fault);
  return compiled.test;
}

const faultOf = (canonical: string): string | undefined => {
  const compiled = compileCodingTest(content, canonical);
  return compiled.ok ? undefined : compiled.fault;
};

describe('a coding against a value set at a version', () => {
  it.each([
    ['all|1.0', { system: boats, code: 'ketch' }, true],
    ['all|1.1', { system: boats, code: 'ketch' }, false],
    ['all|1.1', { system: boats, code: 'yawl' }, true],
    ['all|1.0', { system: boats, code: 'raft' }, false],
    ['all|1.0', { system: stars, code: 'ketch' }, false],
    ['all|1.0', { system: boats }, false],
    ['all|1.0', { code: 'ketch' }, true],
    ['all|1.0', { code: 'raft' }, false],
    ['all|1.0', { system: boats, code: 'galley' }, true],
    ['active|1', { system: boats, code: 'galley' }, false],
    ['pinned|1', { system: boats, code: 'ketch', version: '2.0' }, true],
    ['pinned|1', { system: boats, code: 'ketch', version: 'of ours' }, true],
    ['expanded|1', { system: boats, code: 'yawl' }, true],
    ['expanded|1', { code: 'yawl' }, true],
    ['expanded|1', { system: boats, code: 'ketch' }, false],
  ])('%s of %j: %s', (canonical, coding, isIn) => {
    const test = testOf(canonical);
    // Once asked, once kept.
    expect([test(coding), test(coding)]).toEqual([isIn, isIn]);
  });

  it('keeps answers apart, whatever senders write into versions', () => {
    const test = testOf('all|1.0');
    expect(test({ system: boats, version: '1', code: 'a ketch' })).toBe(false);
    expect(test({ system: boats, version: '1 a ', code: 'ketch' })).toBe(true);
    expect(test({ system: '', code: 'ketch' })).toBe(false);
    expect(test({ code: 'ketch' })).toBe(true);
  });

  it.each([
    ['listed|1', { system: stars, code: 'vega' }, true],
    ['listed|1', { system: stars, code: 'rigel' }, false],
    ['listed|1', { code: 'vega' }, true],
    ['but|1', { system: stars, code: 'vega' }, true],
    ['but|1', { system: stars, code: 'deneb' }, false],
  ])('knows what is listed of a code system that is not installed: %s of %j: %s', (canonical, coding, isIn) => {
    expect(testOf(canonical)(coding)).toBe(isIn);
  });

  it.each([
    ['http://example.org/lost|1', /^\S+lost\|1 is not installed$/],
    ['http://example.org/all|2.0', /all\|2\.0 is not installed; 1\.0, 1\.1 is$/],
    ['http://example.org/all|1.x', /all\|1\.x is not installed/],
    ['http://example.org/all', /all is not installed; 1\.0, 1\.1 is$/],
    ['http://example.org/whole|1', /takes codes of http:\/\/example\.org\/stars, which is not installed/],
    ['http://example.org/old|1', /takes codes of http:\/\/example\.org\/boats\|1\.0, which is not installed/],
    ['http://example.org/torn|1', /refers to http:\/\/example\.org\/lost, which is not installed/],
    ['http://example.org/nothing|1', /does not say which codes it has/],
  ])('is refused beforehand where it could not be told: %s', (canonical, reason) => {
    expect(faultOf(canonical)).toMatch(reason);
  });

  it('is refused beforehand for a filter that nobody understands', () => {
    expect(() => faultOf('http://example.org/odd|1')).toThrow('FILTER_NOT_UNDERSTOOD');
  });
});
