import { describe, expect, it } from 'vitest';
import { curationIssues, type CuratedResource } from './curation.js';

const found = (resource: object): string[] =>
  curationIssues(resource as CuratedResource).map(({ code, expression }) => `${code} ${expression}`);

const codeSystem = (...concept: readonly object[]) => ({
  resourceType: 'CodeSystem',
  url: 'http://x.test/cs',
  concept,
});

describe('terminology that people curate', () => {
  it('has a url by which others name it', () => {
    expect(found({ resourceType: 'ValueSet' })).toEqual(['terminology.no-url ValueSet']);
    expect(found({ resourceType: 'NamingSystem' })).toEqual([]);
  });

  it('has each code once, however deep', () => {
    expect(found(codeSystem({ code: 'a', concept: [{ code: 'b' }] }, { code: 'c' }))).toEqual([]);
    expect(found(codeSystem({ code: 'a', concept: [{ code: 'b' }] }, { code: 'b' }))).toHaveLength(1);
    let deep: object = { code: 'leaf' };
    for (let level = 0; level < 50_000; level++) deep = { code: `c${level}`, concept: [deep] };
    expect(found(codeSystem(deep))).toEqual([]);
  });

  it('has no concept below itself', () => {
    const below = (code: string, parent: string) => ({ code, property: [{ code: 'parent', valueCode: parent }] });
    expect(found(codeSystem({ code: 'a' }, below('b', 'a'), below('c', 'b')))).toEqual([]);
    expect(found(codeSystem(below('a', 'c'), below('b', 'a'), below('c', 'b')))).toEqual([
      'terminology.cycle CodeSystem',
    ]);
  });

  it('has no two rows that say the same', () => {
    const map = (...element: readonly object[]) => ({
      resourceType: 'ConceptMap',
      url: 'http://x.test/map',
      group: [{ source: 'http://x.test/a', target: 'http://x.test/b', element }],
    });
    const row = (code: string, target: object) => ({ code, target: [target] });
    expect(found(map(row('1', { code: 'x' }), row('1', { code: 'y' }), row('2', { code: 'x' })))).toEqual([]);
    expect(found(map(row('1', { code: 'x' }), row('1', { code: 'x', equivalence: 'wider' })))).toEqual([
      'terminology.row-twice ConceptMap.group[0].element[1].target[0]',
    ]);
    const dependent = (value: string) => ({ code: 'x', dependsOn: [{ property: 'http://x.test/p', value }] });
    expect(found(map(row('1', dependent('m')), row('1', dependent('f'))))).toEqual([]);
  });
});
