import { expect, it } from 'vitest';
import { loadDefinitions } from '../../../src/adapters/definitions/fhir-definitions.js';
import { elementType, requiredElement } from './required.js';

const definitions = loadDefinitions();
const absent = 'extension(http://hl7.org/fhir/StructureDefinition/data-absent-reason).valueCode';

it.each([
  ['ServiceRequest.intent', { path: 'ServiceRequest.intent', itself: true, always: true }],
  ['ServiceRequest.occurrenceDateTime', undefined],
  ['Observation.code.coding.code', { path: 'Observation.code', itself: false, always: true }],
  [`Observation.code.${absent}`, { path: 'Observation.code', itself: true, always: true }],
  [`MessageHeader.source.endpoint.${absent}`, { path: 'MessageHeader.source.endpoint', itself: true, always: true }],
  ['MessageHeader.source.name', undefined],
  ['Patient.communication.language.text', { path: 'Patient.communication.language', itself: false, always: false }],
  ['Observation.note.text', { path: 'Observation.note.text', itself: true, always: false }],
  ['Patient.extension(http://x/status).valueCode', undefined],
  ['Patient.nickname', undefined],
])('%s leads to what FHIR requires: %j', (path, expected) => {
  expect(requiredElement(path, definitions)).toEqual(expected);
});

it.each([
  [['Patient', 'name'], 'HumanName'],
  [['Observation', 'valueQuantity'], 'Quantity'],
  [['MessageHeader', 'source'], 'MessageHeader.source'],
  [['Patient', 'nickname'], undefined],
])('%j is a %s', (path, expected) => {
  expect(elementType(path, definitions)).toBe(expected);
});
