import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/json.js';
import { compileConceptMap } from '../concept-map.js';
import { withDecisions, type CodeDecision } from './decisions.js';
import type { ConceptMapResource } from './resource.js';

const base: ConceptMapResource = {
  resourceType: 'ConceptMap',
  url: 'http://example.org/ConceptMap/m',
  name: 'm',
  version: '1.0.0',
  group: [
    {
      source: 'urn:a',
      target: 'urn:t',
      element: [
        { code: '1', target: [{ code: 'one', equivalence: 'equivalent' }] },
        { code: '2', target: [{ code: 'two', equivalence: 'equivalent' }] },
      ],
    },
    { source: 'urn:b', target: 'urn:t', element: [{ code: '3', target: [{ code: 'three', equivalence: 'equal' }] }] },
  ],
};

const decided = (code: string, more: Partial<CodeDecision> = {}): CodeDecision => ({
  ...{ system: 'urn:a', code, relationship: 'equivalent', target: { system: 'urn:t', code: 'x' } },
  ...more,
});
const map = (...decisions: CodeDecision[]) => {
  const resource = withDecisions(base, decisions, '1.0.0+feed.1');
  return compileConceptMap(resource as unknown as JsonObject, { name: 'm', place: 'm', digest: '' });
};
const noMap = (code: string): CodeDecision => ({ system: 'urn:a', code, relationship: 'no-map' });

describe('a map with decisions', () => {
  it('has their rows at the end of the group they belong to, and a version of its own', () => {
    const made = map(decided('9', { relationship: 'wider' }));
    expect(made.version).toBe('1.0.0+feed.1');
    expect(made.translate({ code: '9' })).toEqual({
      outcome: 'mapped',
      targets: [{ system: 'urn:t', code: 'x', equivalence: 'wider', row: 'group[0].element[2]' }],
    });
    expect(made.translate({ code: '2' })).toMatchObject({ targets: [{ code: 'two', row: 'group[0].element[1]' }] });
  });

  it('has a group more for another system or another target system', () => {
    const target = { system: 'urn:other', code: 'x' };
    expect(map(decided('9', { target })).translate({ code: '9' })).toMatchObject({
      targets: [{ system: 'urn:other', row: 'group[2].element[0]' }],
    });
    expect(map(decided('9', { system: '' })).translate({ code: '9' })).toMatchObject({
      targets: [{ row: 'group[0].element[2]' }],
    });
    expect(map(decided('9', { system: 'urn:c' })).translate({ code: '9', system: 'urn:c' })).toMatchObject({
      targets: [{ row: 'group[2].element[0]' }],
    });
  });

  it('says of a decided code what was decided, and nothing besides', () => {
    expect(map(decided('1')).translate({ code: '1' })).toMatchObject({
      targets: [{ code: 'x', row: 'group[0].element[0]' }],
    });
    const moved = map(decided('3'));
    expect(moved.translate({ code: '3' })).toMatchObject({ targets: [{ code: 'x', row: 'group[0].element[2]' }] });
    expect(moved.rows).toBe(3);
  });

  it('keeps that nothing corresponds, which is no longer unmapped', () => {
    expect(map(noMap('9')).translate({ code: '9' })).toEqual({ outcome: 'no-map', row: 'group[0].element[2]' });
    expect(map(noMap('1')).translate({ code: '1' })).toMatchObject({ outcome: 'no-map' });
    expect(map(decided('9', { relationship: 'not-related' })).translate({ code: '9' })).toMatchObject({
      outcome: 'no-map',
    });
  });

  it('follows the later of two decisions on one code', () => {
    expect(map(noMap('9'), decided('9')).translate({ code: '9' })).toMatchObject({ outcome: 'mapped' });
  });
});
