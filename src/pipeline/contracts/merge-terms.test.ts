import { describe, expect, it } from 'vitest';
import type { Ownership } from './governed.js';
import { mergeTerms } from './merge-terms.js';

const entry = (elements: readonly string[], owner?: readonly string[]): Ownership => ({
  type: 'Patient',
  elements,
  write: ['hl7v2'],
  ...(owner && { owner }),
  transform: [],
  deprecate: [],
  accountable: 'a',
});

const terms = mergeTerms(
  ['north-adt', 'north', 'hl7v2'],
  [],
  [entry(['name', 'deceasedDateTime'], ['hl7v2/ADT', 'redox']), entry(['telecom'])],
);
const adt = terms.sources('ADT^A08^ADT_A01');
const oru = terms.sources('ORU^R01^ORU_R01');

describe('who owns an element when messages are merged', () => {
  it('names a message by its feed, its packages, and the kind of message', () => {
    expect(adt).toEqual(['north-adt', 'north-adt/ADT', 'north', 'north/ADT', 'hl7v2', 'hl7v2/ADT']);
    expect(terms.sources('PatientAdmin.NewPatient')).toContain('hl7v2/PatientAdmin');
    expect(terms.sources('patients')).toContain('hl7v2/patients');
  });

  it('is who the ownership table names, by kind or as a whole', () => {
    expect(terms.owns('Patient', 'name', adt)).toBe(true);
    expect(terms.owns('Patient', 'name', oru)).toBe(false);
    expect(terms.owns('Patient', 'name', ['redox', 'redox/Results'])).toBe(true);
  });

  it('is whoever owns a form of a choice', () => {
    expect(terms.owns('Patient', 'deceased', oru)).toBe(false);
    expect(terms.owns('Patient', 'deceased', adt)).toBe(true);
  });

  it('is everybody where the table names nobody', () => {
    expect(terms.owns('Patient', 'telecom', oru)).toBe(true);
    expect(terms.owns('Patient', 'unheardOf', oru)).toBe(true);
  });
});
