// Code maps out and in, as FHIR and as CSV.
import { describe, expect, it } from 'vitest';
import { printCsv, parseCsv } from '../../src/adapters/codemaps/csv.js';
import { exported, importedDecisions } from '../../src/adapters/codemaps/exchange.js';
import { loadCodeMaps } from '../../src/adapters/definitions/code-maps.js';
import { compileConceptMap } from '../../src/terminology/concept-map.js';
import { rowsOf } from '../../src/terminology/concept-maps/rows.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = 'system,code,display,relationship,target_system,target_code,target_display,comment';
const resource = {
  resourceType: 'ConceptMap',
  ...{ url: 'http://example.org/ConceptMap/sex', version: '1.0.0', name: 'sex' },
  group: [
    {
      ...{ source: 'urn:a', target: 'urn:t' },
      element: [
        { code: 'F', display: 'Frau, "weiblich"', target: [{ code: 'female', equivalence: 'equivalent' }] },
        { code: 'N', target: [{ equivalence: 'unmatched', comment: 'not known' }] },
      ],
    },
  ],
};
const map = compileConceptMap(resource, { name: 'sex', place: 'sex', digest: '' });
const fromCsv = (...lines: string[]) => importedDecisions(bytesOf([header, ...lines].join('\n')), 'csv', map);
const fromFhir = (value: unknown) => importedDecisions(bytesOf(JSON.stringify(value)), 'fhir', map);

describe('a code map as CSV', () => {
  it('has a line for each target, quoted where it must be', () => {
    expect(exported(map, 'csv').split('\r\n')).toEqual([
      header,
      'urn:a,F,"Frau, ""weiblich""",equivalent,urn:t,female,,',
      'urn:a,N,,no-map,,,,not known',
      '',
    ]);
  });

  it('says nothing new of the map it came from, whatever its order of columns', () => {
    expect(importedDecisions(bytesOf(exported(map, 'csv')), 'csv', map)).toEqual([]);
    const turned = 'relationship,target_code,code\nequivalent,female,F\n';
    expect(importedDecisions(bytesOf(turned), 'csv', map)).toEqual([]);
  });

  it('decides what it says otherwise, and leaves alone what it does not have', () => {
    expect(fromCsv('urn:a,F,,wider,urn:t,other,Other,asked', ',X,,no-map,,,,')).toEqual([
      {
        ...{ system: 'urn:a', code: 'F', relationship: 'wider', comment: 'asked' },
        target: { system: 'urn:t', code: 'other', display: 'Other' },
      },
      { system: 'urn:a', code: 'X', relationship: 'no-map' },
    ]);
  });

  it.each([
    ['a quote that is not closed', ['urn:a,"F,,equivalent,urn:t,female,,'], /^line \d: is not well-formed CSV/],
    ['a line with too few values', ['urn:a,F', 'urn:a,G,,no-map,,,,'], /^line 2: is not well-formed CSV/],
    ['a relationship of its own', ['urn:a,G,,no-map,,,,', 'urn:a,F,,same,urn:t,x,,'], /^line 3, column relationship/],
    ['a line without a code', ['urn:a,,,no-map,,,,'], /^line 2, column code: is required/],
    ['two equal lines', ['a,F,,no-map,,,,', 'a,F,,no-map,,,,'], /^line 3: says again what line 2 says/],
    ['two targets', ['a,F,,wider,t,x,,', 'a,F,,wider,t,y,,'], /^line 2: has several targets/],
  ])('is refused at its line for %s', (_, lines, reason) => {
    expect(() => fromCsv(...lines)).toThrow(reason);
  });

  it('is refused for a column nobody knows', () => {
    expect(() => parseCsv(bytesOf('code,to\nF,female\n'))).toThrow(/^line 1, column 2: is none of system, code/);
    expect(() => parseCsv(bytesOf('code,code\nF,F\n'))).toThrow(/^line 1, column 2: stands there twice/);
    expect(() => parseCsv(Uint8Array.of(0xff))).toThrow('not UTF-8');
  });
});

describe('a code map as a ConceptMap', () => {
  it('says nothing new of itself, under whatever name', () => {
    expect(fromFhir({ ...resource, name: 'other', id: 'other' })).toEqual([]);
    expect(JSON.parse(exported(map, 'fhir'))).toEqual(resource);
  });

  it('with two equal rows is refused at the second', () => {
    const [group] = resource.group;
    const twice = { ...resource, group: [{ ...group!, element: [...group!.element, group!.element[0]] }] };
    expect(() => fromFhir(twice)).toThrow('ConceptMap: group[0].element[2]: is the second row for the code F.');
  });

  it('with an equivalence that no decision has is refused at its row', () => {
    const element = [{ code: 'F', target: [{ code: 'female', equivalence: 'inexact' }] }];
    expect(() => fromFhir({ ...resource, group: [{ ...resource.group[0], element }] })).toThrow(
      /^group\[0\]\.element\[0\]: has the equivalence inexact; a decision is one of/,
    );
  });

  it('that is none is refused', () => {
    expect(() => fromFhir([])).toThrow('is not a JSON object');
    expect(() => importedDecisions(bytesOf('{'), 'fhir', map)).toThrow('is not JSON');
    expect(() => fromFhir({ ...resource, resourceType: 'ValueSet' })).toThrow('must be ConceptMap');
  });
});

describe('every shipped code map', () => {
  it.each([...loadCodeMaps()])('%s comes back from CSV as it was', (_, shipped) => {
    const text = printCsv(rowsOf(shipped.resource));
    expect(parseCsv(bytesOf(text)).length).toBeGreaterThan(0);
    expect(importedDecisions(bytesOf(text), 'csv', shipped)).toEqual([]);
  });
});
