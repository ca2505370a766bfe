import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../model/error.js';
import type { JsonObject } from '../model/json.js';
import { compileConceptMap } from './concept-map.js';

const origin = { name: 'sizes', place: 'valuesets/sizes.json', digest: 'd' };
const header = {
  resourceType: 'ConceptMap',
  id: 'sizes',
  version: '1.0.0',
  url: 'http://example.org/fhir/ConceptMap/sizes',
};

const row = (code: string, ...targets: readonly JsonObject[]): JsonObject => ({ code, target: targets });
const to = (code: string, equivalence = 'equivalent'): JsonObject => ({ code, equivalence });
const group = (element: readonly JsonObject[], rest: JsonObject = {}): JsonObject => ({
  source: 'urn:local',
  target: 'urn:shared',
  element,
  ...rest,
});
const map = (...groups: readonly JsonObject[]) => compileConceptMap({ ...header, group: groups }, origin);
const refusal = (...groups: readonly JsonObject[]): string => {
  try {
    map(...groups);
  } catch (error) {
    if (error instanceof GatewayError) return `${error.category}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('a compiled ConceptMap', () => {
  it('lists its rows with their places, and what it says of codes without one', () => {
    const rows = [row('S', to('small')), row('?', { equivalence: 'unmatched' })];
    const sizes = map(group(rows, { unmapped: { mode: 'fixed', code: 'other' } }), group([row('L', to('large'))]));
    expect(
      sizes.entries().map(({ code, row: place, targets }) => [code, place, targets.map((each) => each.code)]),
    ).toEqual([
      ['S', 'group[0].element[0]', ['small']],
      ['?', 'group[0].element[1]', []],
      [undefined, 'group[0].unmapped', ['other']],
      ['L', 'group[1].element[0]', ['large']],
    ]);
    expect(map(group([], { unmapped: { mode: 'provided' } })).entries()).toEqual([
      { source: 'urn:local', target: 'urn:shared', row: 'group[0].unmapped', targets: [] },
    ]);
  });

  it('gives the target of a row, its equivalence and its place', () => {
    const sizes = map(group([row('S', to('small')), row('L', { ...to('large', 'wider'), display: 'Large' })]));
    expect(sizes.translate({ system: 'urn:local', code: 'L' })).toEqual({
      outcome: 'mapped',
      targets: [
        { system: 'urn:shared', code: 'large', display: 'Large', equivalence: 'wider', row: 'group[0].element[1]' },
      ],
    });
  });

  it('knows its header, its rows and its target codes', () => {
    const sizes = map(group([row('S', to('small')), row('XS', to('small', 'wider'))]));
    expect([sizes.name, sizes.version, sizes.rows, sizes.targetCodes()]).toEqual(['sizes', '1.0.0', 2, ['small']]);
  });

  it('leaves a code without a row unmapped', () => {
    expect(map(group([row('S', to('small'))])).translate({ code: 'M' })).toEqual({ outcome: 'unmapped' });
  });

  it('leaves a code of another system unmapped', () => {
    const sizes = map(group([row('S', to('small'))]));
    expect(sizes.translate({ system: 'urn:other', code: 'S' })).toEqual({ outcome: 'unmapped' });
  });

  it.each([
    ['has no target', row('S')],
    ['is unmatched', row('S', { equivalence: 'unmatched' })],
    ['is disjoint', row('S', to('small', 'disjoint'))],
  ])('says that nothing corresponds where a row %s', (_, element) => {
    expect(map(group([element])).translate({ code: 'S' })).toEqual({ outcome: 'no-map', row: 'group[0].element[0]' });
  });

  it('gives the targets of every group that maps the code', () => {
    const sizes = map(group([row('S', to('small'))]), group([row('S', to('klein'))], { target: 'urn:german' }));
    const answer = sizes.translate({ code: 'S' });
    expect(answer.outcome === 'mapped' && answer.targets.map(({ system, code }) => [system, code])).toEqual([
      ['urn:shared', 'small'],
      ['urn:german', 'klein'],
    ]);
  });

  it('prefers a mapping over a group that says nothing corresponds', () => {
    const sizes = map(group([row('S')]), group([row('S', to('klein'))], { target: 'urn:german' }));
    expect(sizes.translate({ code: 'S' }).outcome).toBe('mapped');
  });

  it('gives the fixed code of a group for a code without a row', () => {
    const sizes = map(group([row('S', to('small'))], { unmapped: { mode: 'fixed', code: 'unknown' } }));
    expect(sizes.translate({ code: 'M' })).toMatchObject({ targets: [{ code: 'unknown', row: 'group[0].unmapped' }] });
  });

  it('gives the code itself where the group provides it', () => {
    const sizes = map(group([], { unmapped: { mode: 'provided' } }));
    expect(sizes.translate({ code: 'M' })).toMatchObject({ targets: [{ code: 'M', equivalence: 'equal' }] });
  });
});

describe('a ConceptMap is refused with its place', () => {
  it.each<[string, JsonObject[], string]>([
    [
      'for two rows of one code',
      [group([row('S', to('small')), row('S', to('large'))])],
      'group[0].element[1]: is the second row for the code S.',
    ],
    [
      'for two groups with a row of one code',
      [group([row('S', to('small'))]), group([row('S', to('large'))])],
      'group[1]: repeats the row for the code S of an earlier group.',
    ],
    [
      'for a target twice',
      [group([row('S', to('small'), to('small'))])],
      'group[0].element[0]: has the target small twice.',
    ],
    [
      'for an equivalence that is none',
      [group([row('S', to('small', 'same'))])],
      'group[0].element[0].target[0].equivalence: is not a code of ConceptMapEquivalence.',
    ],
    [
      'for a target without a code',
      [group([row('S', { equivalence: 'equal' })])],
      'group[0].element[0].target[0].code: is required unless the equivalence is unmatched.',
    ],
    [
      'for a row that depends on other elements',
      [group([row('S', { ...to('small'), dependsOn: [{ property: 'urn:p', value: 'x' }] })])],
      'group[0].element[0].target[0].dependsOn: is not supported: a row is found by its code alone.',
    ],
    [
      'for another map to ask',
      [group([], { unmapped: { mode: 'other-map', url: 'urn:m' } })],
      'group[0].unmapped.mode: must be provided or fixed.',
    ],
  ])('%s', (_, groups, message) => {
    expect(refusal(...groups)).toBe(`incorrect: valuesets/sizes.json: ${message}`);
  });

  it('where it is called otherwise than its file', () => {
    const compile = () => compileConceptMap({ ...header, id: 'widths' }, origin);
    expect(compile).toThrow('valuesets/sizes.json: name: must be sizes, as the file is called.');
  });

  it('whatever it holds: nothing but a GatewayError is thrown', () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(anything, anything, (groups, element) => {
        for (const value of [groups, [{ element }], [{ source: 'a', target: 'b', element: [element] }]]) {
          try {
            compileConceptMap({ ...header, group: value }, origin);
          } catch (error) {
            expect(error).toBeInstanceOf(GatewayError);
          }
        }
      }),
    );
  });
});
