import { describe, expect, it } from 'vitest';
import { codeSystems, displayOf, isCodeOf } from './code-system.js';
import { codingSystemNames, codingSystemUri, isLocalName } from './coding-system-names.js';

const systems = codeSystems({
  'urn:whole': { version: '1', content: 'complete', caseSensitive: true, concepts: 'a\tAlpha\nb\t' },
  'urn:part': { content: 'fragment', caseSensitive: false, concepts: 'X\tEx' },
  'urn:none': { content: 'complete', caseSensitive: true, concepts: '' },
});

describe('code systems', () => {
  it('display a code that has a display', () => {
    expect([displayOf(systems, 'urn:whole', 'a'), displayOf(systems, 'urn:whole', 'b')]).toEqual(['Alpha', undefined]);
  });

  it('tell codes from what is none, where all codes are known', () => {
    expect(['a', 'b', 'A', ''].map((code) => isCodeOf(systems, 'urn:whole', code))).toEqual([true, true, false, false]);
    expect(isCodeOf(systems, 'urn:none', 'a')).toBe(false);
  });

  it('cannot tell where only part of the system is known, or none', () => {
    expect(isCodeOf(systems, 'urn:part', 'Y')).toBeUndefined();
    expect(isCodeOf(systems, 'urn:elsewhere', 'a')).toBeUndefined();
    expect(isCodeOf(systems, 'toString', 'a')).toBeUndefined();
  });

  it('compare without regard to case where the system says so', () => {
    expect(isCodeOf(systems, 'urn:part', 'x')).toBe(true);
  });

  it('list their codes in order', () => {
    expect(systems.get('urn:whole')?.codes()).toEqual(['a', 'b']);
  });
});

describe('names of coding systems', () => {
  it.each([
    ['LN', 'http://loinc.org'],
    ['ln', 'http://loinc.org'],
    ['SCT', 'http://snomed.info/sct'],
    ['I10', 'http://hl7.org/fhir/sid/icd-10'],
    ['I10C', 'http://hl7.org/fhir/sid/icd-10-cm'],
    ['CVX', 'http://hl7.org/fhir/sid/cvx'],
    ['NDC', 'http://hl7.org/fhir/sid/ndc'],
    ['RXNORM', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
    ['UCUM', 'http://unitsofmeasure.org'],
    ['2.16.840.1.113883.6.96', 'http://snomed.info/sct'],
    ['HL70001', 'http://terminology.hl7.org/CodeSystem/v2-0001'],
    ['HL7-0203', 'http://terminology.hl7.org/CodeSystem/v2-0203'],
  ])('%s stands for %s', (name, uri) => {
    expect(codingSystemUri(name)).toBe(uri);
  });

  it.each(['L', 'LB', '99LAB', 'SNM', ''])('%j stands for no shared system', (name) => {
    expect(codingSystemUri(name)).toBeUndefined();
  });

  it('are local where table 0396 says so', () => {
    expect(['L', 'LB', '99LAB', '99'].map(isLocalName)).toEqual([true, true, true, false]);
    expect(isLocalName('LN')).toBe(false);
  });

  it('stand for one system each', () => {
    const names = codingSystemNames().map(([name]) => name.toUpperCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
