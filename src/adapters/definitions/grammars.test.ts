import { describe, expect, it } from 'vitest';
import { contentOf, findSystem, findValueSet, overlay } from '../../terminology/content.js';
import { entriesOf, joinEntries } from '../../terminology/entries.js';
import { compare } from '../../terminology/operations/compare.js';
import { expand } from '../../terminology/operations/expand.js';
import { lookup } from '../../terminology/operations/lookup.js';
import { subsumes } from '../../terminology/operations/subsumes.js';
import { validate } from '../../terminology/operations/validate.js';
import type { Include, ValueSetResource } from '../../terminology/resources.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';
import { canonicalUcum, parseUcum, ucumName } from '../../terminology/units/ucum-expression.js';
import { grammarContent } from './grammars.js';
import { loadTerminologyContent } from './terminology-content.js';
import { loadUcum } from './ucum.js';
import { ucumTables } from './ucum-tables.js';

const [units, languages, mediaTypes] = ['http://unitsofmeasure.org', 'urn:ietf:bcp:47', 'urn:ietf:bcp:13'] as const;

const valueSet = (url: string, ...include: readonly Include[]): ValueSetResource => ({
  resourceType: 'ValueSet',
  url,
  version: '1',
  status: 'active',
  compose: { include },
});
const listOf = (system: string, ...codes: readonly string[]): Include => ({
  system,
  concept: codes.map((code) => ({ code, display: `common ${code}` })),
});

const lists = contentOf(
  joinEntries(
    [
      valueSet('http://hl7.org/fhir/ValueSet/ucum-common', listOf(units, 'kg', 'mg', 'mL', 'mg', 'kgXX')),
      valueSet('http://terminology.hl7.org/ValueSet/Languages', listOf(languages, 'de', 'en', 'es')),
    ].map(entriesOf),
  ),
);
const scope = scopeOf(overlay(grammarContent(lists), lists), plainOptions);
const has = (system: string, code: string): boolean =>
  findSystem(scope.content, system)!.defined().find(code) !== undefined;

const expandOptions = {
  excludeNested: false,
  includeDesignations: false,
  designations: [],
  properties: [],
  limit: 100,
};
const expanded = (include: Include) => expand(valueSet('urn:asked', include), scope, expandOptions);
const checked = (coding: { system: string; code: string; display?: string }, set?: ValueSetResource) =>
  validate({ kind: 'coding', coding }, scope, {
    valueSet: set,
    abstractAllowed: true,
    lenientDisplay: false,
    membershipOnly: false,
  });

describe('UCUM', () => {
  it.each([
    ['kg', '(kilogram)', 'g'],
    ['mg/dL', '(milligram) / (deciliter)', 'g.m-3'],
    ['kg.m/s2', '(kilogram) * (meter) / (second - time ^ 2)', 'g.m.s-2'],
    ['J/(kg.K)', '(joule) / ((kilogram) * (degree Kelvin))', 'K-1.m2.s-2'],
    ['/100{WBC}', '/ 100', '1'],
    ['10*3/uL', '(the number ten for arbitrary powers ^ 3) / (microliter)', 'm-3'],
    ['m[IU]/mL', '(milliinternational unit - arbitrary) / (milliliter)', '[IU].m-3'],
    ['%{Negative Control}', '(percent)', '1'],
    ['{score}', '1', '1'],
    ['B[10.nV]', '(bel 10 nanovolt)', 'C-1.g.m2.s-2'],
  ])('reads %s', (code, name, canonical) => {
    const term = parseUcum(code, ucumTables());
    if (term.kind === 'fault') throw new Error(term.why);
    expect([ucumName(term), canonicalUcum(term)]).toEqual([name, canonical]);
  });

  it.each([
    ['kgXX', "The unit 'kgXX' is unknown", 1],
    ['mg/dl2x', "The character 'x' is unexpected", 7],
    ['mg/', 'A symbol or a number is missing', 4],
    ['(mg', 'A parenthesis is not closed', 4],
    ['mg dL', "The character ' ' is unexpected", 3],
    ['', 'A symbol or a number is missing', 1],
    [`${'('.repeat(30)}m`, 'Parentheses are nested deeper than 20', 22],
    ['m'.repeat(201), 'The code is longer than 200 characters', 1],
  ])('refuses %s', (code, why, position) => {
    expect(parseUcum(code, ucumTables())).toEqual({ kind: 'fault', why, position });
  });

  it('reads all common units of FHIR, of which the library knows most', () => {
    const common = findValueSet(loadTerminologyContent(), 'http://hl7.org/fhir/ValueSet/ucum-common')!.resource();
    const codes = common.compose!.include!.flatMap(({ concept }) => concept!.map(({ code }) => code));
    const isRead = (code: string) => parseUcum(code, ucumTables()).kind === 'term';
    expect(codes.filter((code) => !isRead(code))).toEqual([]);
    expect(codes.filter(loadUcum()).length).toBeGreaterThan(1000);
  });

  it('says beside the refusal what is wrong with a code', () => {
    const { result, issues } = checked({ system: units, code: 'kgXX' });
    expect(result).toBe(false);
    expect(issues.map(({ severity, message }) => [severity, message.text])).toEqual([
      ['error', "Unknown code 'kgXX' in the CodeSystem 'http://unitsofmeasure.org' version '2.2'"],
      ['information', "Error processing unit 'kgXX': The unit 'kgXX' is unknown at character 1"],
    ]);
  });

  it('shows the code, and takes its names for displays', () => {
    const found = lookup({ system: units, code: 'mg' }, scope, []);
    expect(found.display).toBe('mg');
    expect(found.designations.map(({ value }) => value)).toEqual(['mg', '(milligram)', 'common mg']);
    expect(checked({ system: units, code: 'mg', display: 'common mg' }).result).toBe(true);
    expect(checked({ system: units, code: 'mg', display: 'gram' }).result).toBe(false);
  });

  it('lists the common units for the whole, and does not count them', () => {
    const { codes, total, isUnclosed, reasons } = expanded({ system: units });
    expect(codes.map(({ code }) => code)).toEqual(['kg', 'mg', 'mL']);
    expect([total, isUnclosed]).toEqual([undefined, true]);
    expect(reasons[0]).toContain('has a grammar');
  });

  it('takes units of one dimension by the filter canonical, and says of others which they have', () => {
    const mass: Include = { system: units, filter: [{ property: 'canonical', op: '=', value: 'kg' }] };
    expect(expanded(mass)).toMatchObject({ total: 2, isUnclosed: true });
    const set = valueSet('urn:mass', mass);
    expect(checked({ system: units, code: 't' }, set).result).toBe(true);
    const volume = checked({ system: units, code: 'mL' }, set);
    expect([volume.result, volume.remarks]).toEqual([false, ['Code mL has canonical form m3, not g as required']]);
  });

  it('is more than any list of units', () => {
    const whole = valueSet('urn:whole', { system: units });
    const list = valueSet('urn:list', listOf(units, 'mmol/L', 'kg'));
    const both = valueSet('urn:both', listOf(units, 'kg'), listOf(languages, 'de'));
    expect(compare(whole, list, scope).relation).toBe('superset');
    expect(compare(list, whole, scope).relation).toBe('subset');
    expect(compare(both, whole, scope).relation).toBe('overlapping');
    const mass = valueSet('urn:mass', { system: units, filter: [{ property: 'canonical', op: '=', value: 'g' }] });
    expect(() => compare(mass, whole, scope)).toThrow();
  });
});

describe('language tags', () => {
  it.each(['de', 'en-US', 'zh-Hant-TW', 'es-419', 'zh-yue', 'de-CH-1996', 'sr-Latn-RS', 'qaa', 'x-whatever'])(
    'are %s',
    (tag) => {
      expect(has(languages, tag)).toBe(true);
    },
  );

  it.each(['i-klingon', 'de-DE-u-co-phonebk', 'en-a-bbb-x-a-ccc'])('are %s, by rules of their own', (tag) => {
    expect(has(languages, tag)).toBe(true);
  });

  it.each([
    '',
    'xx',
    'en-us',
    'EN',
    'en-XQQ',
    'en-Latn-Cyrl',
    'en-US-',
    'de-u',
    'x',
    'en--US',
    `de-x-${'a'.repeat(9)}`,
  ])('are not %j', (tag) => {
    expect(has(languages, tag)).toBe(false);
  });

  it('are displayed by the names of their subtags', () => {
    const found = lookup({ system: languages, code: 'sr-Latn-RS' }, scope, []);
    expect(found.display).toBe('Serbian (Script=Latin, Region=Serbia)');
    expect(found.designations.map(({ value }) => value)).toContain('Serbian (Latin, Serbia)');
    expect(found.properties.map(({ element }) => element)).toContainEqual({ code: 'region', valueCode: 'RS' });
  });

  it('are deprecated when a subtag is', () => {
    const { result, issues } = checked({ system: languages, code: 'iw' });
    expect([result, issues.map(({ message }) => message.id)]).toEqual([true, ['DEPRECATED_CONCEPT_FOUND']]);
  });

  it('lie below the tag they begin with', () => {
    const outcome = (a: string, b: string) =>
      subsumes({ system: languages, code: a }, { system: languages, code: b }, scope);
    expect(outcome('en', 'en-US')).toBe('subsumes');
    expect(outcome('zh-Hant-TW', 'zh-Hant')).toBe('subsumed-by');
    expect(outcome('en', 'de')).toBe('not-subsumed');
    const german = valueSet('urn:german', {
      system: languages,
      filter: [{ property: 'concept', op: 'is-a', value: 'de' }],
    });
    expect(checked({ system: languages, code: 'de-AT' }, german).result).toBe(true);
    expect(checked({ system: languages, code: 'da' }, german).result).toBe(false);
  });

  it('are filtered by their subtags', () => {
    const swiss = valueSet('urn:swiss', { system: languages, filter: [{ property: 'region', op: '=', value: 'CH' }] });
    expect(checked({ system: languages, code: 'de-CH' }, swiss).result).toBe(true);
    expect(checked({ system: languages, code: 'de' }, swiss).result).toBe(false);
  });
});

describe('media types', () => {
  it.each(['text/plain', 'application/fhir+json', 'text/html; charset="utf-8"', 'image/svg+xml;q=1;v=2', 'json'])(
    'are %s',
    (code) => {
      expect(has(mediaTypes, code)).toBe(true);
    },
  );

  it.each(['', 'text', 'text/', 'text/plain;', 'text/*', 'text/plain; charset', 'a/b/c'])('are not %j', (code) => {
    expect(has(mediaTypes, code)).toBe(false);
  });

  it('lie below the type with fewer parameters', () => {
    const outcome = (a: string, b: string) =>
      subsumes({ system: mediaTypes, code: a }, { system: mediaTypes, code: b }, scope);
    expect(outcome('text/plain', 'text/plain;charset=utf-8')).toBe('subsumes');
    expect(outcome('text/plain', 'text/html')).toBe('not-subsumed');
  });

  it('cannot be listed', () => {
    expect(() => expanded({ system: mediaTypes })).toThrow();
  });
});
