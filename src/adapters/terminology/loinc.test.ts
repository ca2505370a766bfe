// A small invented release in LOINC's files: no content of LOINC.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentOf, findValueSet, overlay } from '../../terminology/content.js';
import { entriesOf } from '../../terminology/entries.js';
import { parseLanguages } from '../../terminology/languages/languages.js';
import { expand } from '../../terminology/operations/expand.js';
import { lookup } from '../../terminology/operations/lookup.js';
import { subsumes } from '../../terminology/operations/subsumes.js';
import { validate } from '../../terminology/operations/validate.js';
import type { FilterElement } from '../../terminology/resources.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';
import { editionOfLoinc, loincColumns } from '../../terminology/sources/loinc.js';
import { writeEdition } from './edition-file.js';
import { loadEditions } from './installed-editions.js';
import { loincRelease } from './loinc-files.js';

const folder = mkdtempSync(join(tmpdir(), 'loinc-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

function file(release: string, name: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const path = join(release, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${[columns, ...rows].map(quoted).join('\r\n')}\r\n`);
  return path;
}

const term = (number: string, name: string, more: Readonly<Record<string, string>>): readonly string[] => {
  const values: Readonly<Record<string, string>> = {
    LOINC_NUM: number,
    COMPONENT: 'Blueness',
    PROPERTY: 'Find',
    SYSTEM: 'Sky',
    SCALE_TYP: 'Ord',
    CLASS: 'WEATHER.SKY',
    STATUS: 'ACTIVE',
    CLASSTYPE: '2',
    LONG_COMMON_NAME: name,
    SHORTNAME: `${name} short`,
    VersionLastChanged: '1.9',
    ...more,
  };
  return loincColumns.table.map((column) => values[column] ?? '');
};

function writeRelease(release: string): void {
  file(release, 'LoincTable/Loinc.csv', loincColumns.table, [
    term('1001-7', 'Blueness of sky', {}),
    term('1002-5', 'Wetness of rain, "felt"\nby hand', {
      COMPONENT: 'Wetness',
      CLASS: 'WEATHER.RAIN',
      STATUS: 'DISCOURAGED',
    }),
    term('1003-3', 'Deprecated wetness', { COMPONENT: 'Wetness', CLASS: 'OTHER', STATUS: 'DEPRECATED' }),
    term('1004-1', 'Noise of wind', { EXTERNAL_COPYRIGHT_NOTICE: 'of the wind', VersionLastChanged: '1.10' }),
  ]);
  file(release, 'LoincTable/MapTo.csv', loincColumns.mapTo, [['1003-3', '1002-5']]);
  file(release, 'AccessoryFiles/PartFile/Part.csv', loincColumns.part, [
    ['LP1-1', 'COMPONENT', 'Wetness', 'Wetness', 'ACTIVE'],
    ['LP2-9', 'COMPONENT', 'Water', 'Water', 'ACTIVE'],
  ]);
  file(release, 'AccessoryFiles/PartFile/LoincPartLink_Primary.csv', loincColumns.partLink, [
    ['1002-5', 'LP1-1', 'http://loinc.org/property/COMPONENT'],
    ['1003-3', 'LP1-1', 'http://loinc.org/property/COMPONENT'],
    ['1002-5', 'LP2-9', 'http://loinc.org/property/analyte'],
    ['9999-9', 'LP2-9', 'http://loinc.org/property/analyte'],
  ]);
  file(release, 'AccessoryFiles/AnswerFile/AnswerList.csv', loincColumns.answer, [
    ['LL1-8', 'Blue or not', 'LA2-4', '1', 'Blue'],
    ['LL1-8', 'Blue or not', 'LA1-6', '2', 'Not blue'],
    ['LL2-6', 'Elsewhere defined', '', '', ''],
  ]);
  file(release, 'AccessoryFiles/AnswerFile/LoincAnswerListLink.csv', loincColumns.answerLink, [['1001-7', 'LL1-8']]);
  const hierarchy = 'AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv';
  file(release, hierarchy, loincColumns.hierarchy, [
    ['', 'LP9-4', '{component}'],
    ['LP9-4', 'LP2-9', 'Water'],
    ['LP2-9', '1002-5', 'Wetness of rain'],
    ['LP2-9', '1003-3', 'Deprecated wetness'],
    ['LP2-9', '1003-3', 'Deprecated wetness'],
  ]);
  const german = 'AccessoryFiles/LinguisticVariants/deDE15LinguisticVariant.csv';
  file(release, german, loincColumns.variant, [['1001-7', 'Bläue des Himmels', '', 'Himmelsbläue']]);
}

const release = join(folder, 'release');
writeRelease(release);
const editions = join(folder, 'editions');
const read = () =>
  editionOfLoinc(
    loincRelease(release, () => undefined),
    {},
  );
const { stated, sections } = read();
writeEdition(editions, stated, sections);
const content = loadEditions(editions);
const scope = scopeOf(content, plainOptions);
const system = 'http://loinc.org';

const options = { excludeNested: true, includeDesignations: false, designations: [], properties: [], limit: 100 };
const codes = (url: string) => {
  const valueSet = findValueSet(content, url);
  return valueSet && expand(valueSet.resource(), scope, options).codes.map(({ code }) => code);
};
const taken = (...filter: readonly FilterElement[]) => {
  const include = [{ system, filter }];
  const valueSet = { resourceType: 'ValueSet', url: 'urn:asked', status: 'active', compose: { include } } as const;
  return expand(valueSet, scope, options).codes.map(({ code }) => code);
};
const equal = (property: string, value: string): FilterElement => ({ property, op: '=', value });
const checked = (code: string, language?: string) => {
  const languages = language === undefined ? undefined : parseLanguages(language);
  const asked = scopeOf(content, { ...plainOptions, ...(languages !== undefined && { languages }) });
  const check = { valueSet: undefined, abstractAllowed: true, lenientDisplay: false, membershipOnly: false };
  return validate({ kind: 'coding', coding: { system, code } }, asked, check);
};

describe('a LOINC edition', () => {
  it('is of the version in which a term was last changed, unless it is told', () => {
    expect(stated.version).toBe('1.10');
    expect(
      editionOfLoinc(
        loincRelease(release, () => undefined),
        { version: '2.0' },
      ).stated.version,
    ).toBe('2.0');
  });

  it.each([
    ['1001-7', 'Blueness of sky'],
    ['1002-5', 'Wetness of rain, "felt"\nby hand'],
    ['LP1-1', 'Wetness'],
    ['LP9-4', '{component}'],
    ['LL1-8', 'Blue or not'],
    ['LA2-4', 'Blue'],
  ])('knows %s', (code, display) => {
    expect(lookup({ system, code }, scope, []).display).toBe(display);
  });

  it('tells what the number of a class type means', () => {
    const { properties } = lookup({ system, code: '1001-7' }, scope, ['CLASSTYPE']);
    expect(properties).toEqual([{ element: { code: 'CLASSTYPE', valueString: '2' }, description: 'Clinical class' }]);
  });

  it('tells axes by part where the release links one, by name where it does not', () => {
    const properties = lookup({ system, code: '1002-5' }, scope, []).properties.map(({ element }) => element);
    expect(properties).toContainEqual({ code: 'COMPONENT', valueCode: 'LP1-1' });
    expect(properties).toContainEqual({ code: 'SYSTEM', valueString: 'Sky' });
    expect(properties).toContainEqual({ code: 'analyte', valueCode: 'LP2-9' });
    expect(properties).toContainEqual({ code: 'parent', valueCode: 'LP2-9' });
    expect(properties.filter(({ code }) => code === 'COMPONENT')).toHaveLength(1);
  });

  it('tells lists and answers of each other', () => {
    const properties = (code: string) => lookup({ system, code }, scope, []).properties.map(({ element }) => element);
    expect(properties('LL1-8').filter(({ code }) => code === 'Answer')).toEqual([
      { code: 'Answer', valueCode: 'LA2-4' },
      { code: 'Answer', valueCode: 'LA1-6' },
    ]);
    expect(properties('LL1-8')).toContainEqual({ code: 'answers-for', valueCode: '1001-7' });
    expect(properties('1001-7')).toContainEqual({ code: 'AnswerList', valueCode: 'LL1-8' });
    expect(properties('1003-3')).toContainEqual({ code: 'MAP_TO', valueCode: '1002-5' });
  });

  it('says which terms are no longer to be used', () => {
    const states = ['1001-7', '1002-5', '1003-3'].map((code) => {
      const { inactive, status, issues } = checked(code);
      return [inactive, status, issues.map(({ message }) => message.text)];
    });
    expect(states).toEqual([
      [undefined, undefined, []],
      [true, 'DISCOURAGED', ["The concept '1002-5' has a status of DISCOURAGED and its use should be reviewed"]],
      [undefined, 'DEPRECATED', ["The concept '1003-3' is deprecated and its use should be reviewed"]],
    ]);
  });

  it('has names in other languages', () => {
    expect(checked('1001-7', 'de').display).toBe('Bläue des Himmels');
    expect(checked('1002-5', 'de').display).toContain('Wetness');
  });

  it('knows what lies below a part', () => {
    const outcome = (a: string, b: string) => subsumes({ system, code: a }, { system, code: b }, scope);
    expect([outcome('LP9-4', '1002-5'), outcome('1001-7', 'LP2-9')]).toEqual(['subsumes', 'not-subsumed']);
  });

  it.each([
    ['COMPONENT by part', [equal('COMPONENT', 'LP1-1')], ['1002-5', '1003-3']],
    ['COMPONENT by name', [equal('COMPONENT', 'wetness')], ['1002-5', '1003-3']],
    ['SCALE_TYP in whatever case', [equal('SCALE_TYP', 'ORD'), equal('COMPONENT', 'Blueness')], ['1001-7', '1004-1']],
    ['STATUS', [equal('STATUS', 'DISCOURAGED')], ['1002-5']],
    ['CLASS by expression', [{ property: 'CLASS', op: 'regex', value: 'WEATHER\\.R.*|OTHER' }], ['1002-5', '1003-3']],
    ['CLASSTYPE', [equal('CLASSTYPE', '2'), equal('STATUS', 'ACTIVE')], ['1001-7', '1004-1']],
    ['a property that is there', [{ property: 'analyte', op: 'exists', value: 'true' }], ['1002-5']],
    [
      'one that is not',
      [{ property: 'COMPONENT', op: 'exists', value: 'false' }, equal('PartTypeName', 'component')],
      ['LP1-1', 'LP2-9'],
    ],
    ['several values', [{ property: 'CLASS', op: 'in', value: 'other,weather.rain' }], ['1002-5', '1003-3']],
    ['parent', [equal('parent', 'LP2-9')], ['1002-5', '1003-3']],
    ['child', [equal('child', '1002-5')], ['LP2-9']],
    ['ancestor', [equal('ancestor', 'LP9-4')], ['1002-5', '1003-3', 'LP2-9']],
    ['is-a', [{ property: 'concept', op: 'is-a', value: 'LP2-9' }], ['1002-5', '1003-3', 'LP2-9']],
    ['LIST', [equal('LIST', 'LL1-8')], ['LA1-6', 'LA2-4']],
    ['answers-for a term', [equal('answers-for', '1001-7')], ['LA1-6', 'LA2-4']],
    ['answers-for a list', [equal('answers-for', 'LL1-8')], ['LA1-6', 'LA2-4']],
    ['copyright of others', [equal('copyright', '3rdParty')], ['1004-1']],
    ['copyright of its own', [equal('copyright', 'LOINC')], ['1001-7', '1002-5', '1003-3']],
    ['a code nobody has', [equal('parent', '7-7')], []],
  ])('is filtered by %s', (_, filters, expected) => {
    expect(taken(...filters)).toEqual(expected);
  });

  it('gives pages, active codes only and those that a text means, without listing the others', () => {
    const include = [{ system, filter: [equal('CLASSTYPE', '2')] }];
    const valueSet = { resourceType: 'ValueSet', url: 'urn:asked', status: 'active', compose: { include } } as const;
    const asked = (more: object, active = false) => {
      const narrow = scopeOf(content, { ...plainOptions, activeOnly: active });
      const { codes, total } = expand(valueSet, narrow, { ...options, count: 2, offset: 0, ...more });
      return [total, codes.map(({ code }) => code)];
    };
    expect(asked({})).toEqual([4, ['1001-7', '1002-5']]);
    expect(asked({ offset: 3 })).toEqual([4, ['1004-1']]);
    expect(asked({ offset: 9 })).toEqual([4, []]);
    expect(asked({}, true)).toEqual([3, ['1001-7', '1003-3']]);
    expect(asked({ filter: 'wet' })).toEqual([2, ['1002-5', '1003-3']]);
    expect(asked({ filter: 'wet' }, true)).toEqual([1, ['1003-3']]);
    expect(asked({ filter: '1004-1' })).toEqual([1, ['1004-1']]);
    expect(asked({ filter: 'ŵét' })).toEqual([2, ['1002-5', '1003-3']]);
    expect(asked({ filter: ' - ' })).toEqual([4, ['1001-7', '1002-5']]);
    expect(() => asked({ count: 1000, limit: 3 })).toThrow();
  });

  it('refuses a filter that means nothing', () => {
    expect(() => taken(equal('TASTE', 'sweet'))).toThrow();
    expect(() => taken(equal('copyright', 'mine'))).toThrow();
  });

  it('has value sets by nature', () => {
    expect(codes('http://loinc.org/vs/LL1-8')).toEqual(['LA1-6', 'LA2-4']);
    expect(codes('http://loinc.org/vs/LP2-9')).toEqual(['1002-5', '1003-3']);
    expect(codes('http://loinc.org/vs')).toHaveLength(11);
    expect(codes('http://loinc.org/vs/LL77-8')).toBeUndefined();
  });

  it('is translated by a language pack that nobody asked for', () => {
    const pack = entriesOf({
      resourceType: 'CodeSystem',
      url: 'urn:pack',
      content: 'supplement',
      supplements: system,
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/codesystem-supplement-type', valueCode: 'lang-pack' },
      ],
      concept: [{ code: '1004-1', designation: [{ language: 'nl', value: 'Geluid van wind' }] }],
    });
    const dutch = scopeOf(overlay(contentOf(pack), content), { ...plainOptions, languages: parseLanguages('nl')! });
    expect(lookup({ system, code: '1004-1' }, dutch, []).display).toBe('Geluid van wind');
    const byOrder = findValueSet(dutch.content, 'http://loinc.org/vs')!.resource();
    const page = expand(byOrder, dutch, { ...options, count: 2, offset: 2 });
    expect(page.codes.map(({ display }) => display)).toEqual(['Deprecated wetness', 'Geluid van wind']);
    expect(page.total).toBe(11);
    expect(lookup({ system, code: '1004-1' }, scope, []).display).toBe('Noise of wind');
  });
});

describe('a LOINC release', () => {
  const damaged = (name: string, change: (text: string) => string) => {
    const broken = mkdtempSync(join(folder, 'broken-'));
    writeRelease(broken);
    const path = join(broken, name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    return () =>
      editionOfLoinc(
        loincRelease(broken, () => undefined),
        {},
      );
  };

  it('is refused where a file is cut short, with file and line', () => {
    const part = 'AccessoryFiles/PartFile/Part.csv';
    expect(damaged(part, (text) => text.slice(0, -9))).toThrow(
      'Part.csv, line 3: a quote is not closed. The file is cut short or damaged.',
    );
    expect(damaged(part, (text) => text.slice(0, text.lastIndexOf(',')))).toThrow(
      'Part.csv, line 3: 4 columns where the heading has 5. The file is cut short or damaged.',
    );
    expect(damaged(part, (text) => text.replace('"Water"', 'Wa"ter'))).toThrow('Part.csv, line 3');
  });

  it('is refused where a file is another than its name says', () => {
    const change = (text: string) => text.replace('LOINC_NUM', 'LOINC');
    expect(damaged('LoincTable/Loinc.csv', change)).toThrow('Loinc.csv has no column LOINC_NUM.');
  });

  it('is refused where files are missing', () => {
    expect(() => loincRelease(join(folder, 'nothing'), () => undefined)).toThrow('it lacks LoincTable/Loinc.csv');
  });
});
