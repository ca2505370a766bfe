import { describe, expect, it } from 'vitest';
import { told } from '../../../test/validation/validator.js';
import type { JsonObject } from '../../model/json.js';

const extensionOf = (version: string, path: string): string =>
  `http://hl7.org/fhir/${version}/StructureDefinition/extension-${path}`;

const r5 = (path: string, more: JsonObject): JsonObject => ({ url: extensionOf('5.0', path), ...more });
const request = (more: JsonObject): JsonObject => ({
  resourceType: 'DeviceRequest',
  intent: 'order',
  codeCodeableConcept: { text: 'Pump' },
  subject: { reference: 'Patient/1' },
  ...more,
});
const patient = (...extension: readonly JsonObject[]): JsonObject => ({ resourceType: 'Patient', extension });

describe('an extension that stands for an element of another FHIR version', () => {
  it('holds what the element does', () => {
    const doNotPerform = (more: JsonObject) => request({ modifierExtension: [r5('DeviceRequest.doNotPerform', more)] });
    expect(told(doNotPerform({ valueBoolean: true }))).toEqual([]);
    expect(told(doNotPerform({ valueString: 'no' }))).not.toEqual([]);
  });

  it('stands among the modifiers where R4 has the name for modifiers alone, and else not', () => {
    const modifier = r5('DeviceRequest.doNotPerform', { valueBoolean: true });
    expect(told(request({ extension: [modifier] }))).toEqual([
      'validate.extension-modifier DeviceRequest.extension[0]',
    ]);
    const plain = r5('DeviceRequest.quantity', { valueInteger: 2 });
    expect(told(request({ extension: [plain] }))).toEqual([]);
    expect(told(request({ modifierExtension: [plain] }))).toEqual([
      'validate.extension-not-modifier DeviceRequest.modifierExtension[0]',
    ]);
  });

  it('stands where the element does', () => {
    const modifier = r5('DeviceRequest.doNotPerform', { valueBoolean: true });
    expect(told({ resourceType: 'Patient', modifierExtension: [modifier] })).toContain(
      'validate.extension-context Patient',
    );
  });

  it('has an extension within for each element within', () => {
    const animal = (...extension: readonly JsonObject[]) =>
      patient({ url: extensionOf('3.0', 'Patient.animal'), extension });
    const species = { url: 'species', valueCodeableConcept: { text: 'Dog' } };
    expect(told(animal(species))).toEqual([]);
    expect(told(animal(species, species))).not.toEqual([]);
    expect(told(patient({ url: extensionOf('3.0', 'Patient.animal'), valueString: 'Dog' }))).not.toEqual([]);
  });

  it('may carry what only later versions have in types of R4', () => {
    const reason = (more: JsonObject) => request({ extension: [r5('DeviceRequest.reason', more)] });
    expect(told(reason({ valueCodeableConcept: { text: 'Oedema' } }))).toEqual([]);
    expect(told(reason({ valueReference: { reference: 'Condition/1' } }))).toEqual([]);
    expect(told(reason({ valueBoolean: true }))).not.toEqual([]);
  });

  it.each([
    ['an element that the version has not', extensionOf('5.0', 'Patient.wings'), 'validate.extension-of-no-element'],
    ['an element that R4 has itself', extensionOf('5.0', 'Patient.birthDate'), 'validate.extension-of-own-element'],
    ['nothing', 'http://hl7.org/fhir/5.0/StructureDefinition/birthDate', 'validate.extension-unknown'],
  ])('is refused where it stands for %s', (_shows, url, code) => {
    expect(told(patient({ url, valueDate: '2026' }))).toEqual([`${code} Patient.extension[0]`]);
  });

  it('is not checked where the elements of that version are not known', () => {
    expect(told(patient({ url: extensionOf('4.3', 'Patient.wings'), valueBoolean: true }))).toEqual([]);
  });
});
