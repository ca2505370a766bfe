import { describe, expect, it } from 'vitest';
import { shipped } from '../../adapters/definitions/conformance.js';
import { loadDefinitions } from '../../adapters/definitions/fhir-definitions.js';
import { loadTerminology } from '../../adapters/definitions/terminology.js';
import type { JsonObject } from '../../model/json.js';
import type { ElementRule } from '../../model/structure.js';
import { generateSnapshot, typeUrl } from './differential.js';

const base = shipped(loadDefinitions(), loadTerminology());
const find = (url: string) => base.structure(url);

function generated(type: string, elements: readonly JsonObject[]) {
  const definition = {
    resourceType: 'StructureDefinition',
    url: 'urn:x:profile',
    type,
    kind: 'resource',
    derivation: 'constraint',
    baseDefinition: typeUrl(type),
    differential: { element: elements },
  } satisfies JsonObject;
  return generateSnapshot(definition, find(typeUrl(type))!, find);
}

const child = (rule: ElementRule | undefined, name: string): ElementRule | undefined =>
  rule?.children?.find((each) => each.name === name);

const slice = (rule: ElementRule | undefined, name: string): ElementRule | undefined =>
  rule?.slices?.find(({ sliceName }) => sliceName === name);

describe('A snapshot generated from a differential', () => {
  it('keeps what the differential leaves out, and narrows what it says', () => {
    const { structure } = generated('Patient', [{ path: 'Patient.name', min: 1 }]);
    expect(child(structure.root, 'name')).toMatchObject({ min: 1, max: -1 });
    expect(child(structure.root, 'gender')).toBe(child(find(typeUrl('Patient'))!.root, 'gender'));
  });

  it('goes into types only where the differential does', () => {
    const { structure } = generated('Patient', [{ path: 'Patient.name.family', min: 1 }]);
    expect(child(child(structure.root, 'name'), 'family')).toMatchObject({ min: 1, path: 'Patient.name.family' });
    expect(child(structure.root, 'telecom')?.children).toBeUndefined();
  });

  it('narrows the strength of a binding alone', () => {
    const { structure } = generated('Observation', [{ path: 'Observation.code', binding: { strength: 'preferred' } }]);
    const { valueSet } = child(find(typeUrl('Observation'))!.root, 'code')!.binding!;
    expect(child(structure.root, 'code')?.binding).toEqual({ strength: 'preferred', valueSet });
  });

  it('slices extensions by their URL where the differential does not say how', () => {
    const { structure } = generated('Patient', [{ path: 'Patient.extension', sliceName: 'own' }]);
    expect(child(structure.root, 'extension')?.slicing?.discriminators).toEqual([{ type: 'value', path: 'url' }]);
  });

  it('leaves the base as it was', () => {
    generated('Patient', [{ path: 'Patient.name.family', min: 1 }]);
    expect(child(find(typeUrl('Patient'))!.root, 'name')?.children).toBeUndefined();
    expect(child(find(typeUrl('HumanName'))!.root, 'family')?.min).toBe(0);
  });

  it('makes slices that need not be there, with rules of their own', () => {
    const { structure } = generated('Observation', [
      {
        path: 'Observation.category',
        slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'open' },
        min: 2,
      },
      { path: 'Observation.category', sliceName: 'lab', max: '1' },
      { id: 'Observation.category:lab.coding', path: 'Observation.category.coding', min: 1 },
    ]);
    const category = child(structure.root, 'category');
    expect(category).toMatchObject({ min: 2, slicing: { rules: 'open' } });
    expect(slice(category, 'lab')).toMatchObject({ min: 0, max: 1 });
    expect(child(slice(category, 'lab'), 'coding')?.min).toBe(1);
    expect(category?.children).toBeUndefined();
  });

  it('reads valueQuantity as the slice of that type', () => {
    const { structure } = generated('Observation', [{ path: 'Observation.valueQuantity.unit', min: 1 }]);
    const quantity = slice(child(structure.root, 'value[x]'), 'valueQuantity');
    expect(quantity?.types).toEqual([{ code: 'Quantity' }]);
    expect(child(quantity, 'unit')?.min).toBe(1);
  });

  it('follows contentReference', () => {
    const { structure } = generated('Questionnaire', [{ path: 'Questionnaire.item.item.text', min: 1 }]);
    expect(child(child(child(structure.root, 'item'), 'item'), 'text')?.min).toBe(1);
  });

  it('adds invariants to those of the base, each key once', () => {
    const said = { key: 'ele-1', severity: 'error', human: 'Again', expression: 'true' };
    const { structure } = generated('Patient', [
      { path: 'Patient.contact', constraint: [said, { ...said, key: 'mine-1' }] },
    ]);
    const keys = child(structure.root, 'contact')?.constraints?.map(({ key }) => key);
    expect(keys).toEqual(['pat-1', 'ele-1', 'mine-1']);
  });

  it('tells of paths that the base does not have', () => {
    const { issues } = generated('Patient', [{ path: 'Patient.nothing' }]);
    expect(issues.map(({ code }) => code)).toEqual(['validate.snapshot']);
  });
});
