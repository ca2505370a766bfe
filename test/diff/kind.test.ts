import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../src/adapters/definitions/fhir-definitions.js';
import { elementKind } from '../../src/pipeline/diff/kind.js';

const definitions = loadDefinitions();

describe('the kind of an element', () => {
  it.each([
    ['Patient', '', 'resource'],
    ['Patient', 'identifier[0]', 'identity'],
    ['Patient', 'identifier[0].system', 'identity'],
    ['Patient', 'identifier[0].period.start', 'time'],
    ['Patient', 'identifier[0].type.coding[0].code', 'code'],
    ['Patient', 'gender', 'code'],
    ['Patient', 'maritalStatus', 'code'],
    ['Patient', 'name[0].family', 'text'],
    ['Patient', 'birthDate', 'time'],
    ['Patient', '_birthDate.extension[0].valueDateTime', 'time'],
    ['Observation', 'status', 'status'],
    ['Condition', 'clinicalStatus.coding[0].code', 'status'],
    ['Observation', 'valueQuantity.unit', 'value'],
    ['Observation', 'valueCodeableConcept.coding[0].display', 'text'],
    ['Observation', 'subject.reference', 'reference'],
    ['Observation', 'valueString', 'text'],
  ] as const)('of %s %s is %s', (type, path, kind) => {
    expect(elementKind(definitions, type, path).kind).toBe(kind);
  });

  it('is that of a whole for data types, not for what only holds others', () => {
    expect(elementKind(definitions, 'Patient', 'name[0]').whole).toBe(true);
    expect(elementKind(definitions, 'Patient', 'contact[0]').whole).toBe(false);
  });
});
