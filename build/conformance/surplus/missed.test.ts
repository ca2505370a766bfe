import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../../src/adapters/definitions/fhir-definitions.js';
import type { IrRule } from '../../../src/mappings/language/ir.js';
import { indexGuide } from './guide-index.js';
import { elementsIn, missedRows } from './missed.js';

const extended = { to: [{ name: 'extension', url: 'http://x/religion' }, { name: 'valueCode' }] } as unknown as IrRule;

const rowOf = missedRows({
  definitions: loadDefinitions(),
  rules: new Map([['PID[Patient]#religion', extended]]),
  referenced: new Set(['Encounter.subject']),
  guide: indexGuide({
    messages: { runs: [], references: ['Encounter.subject', 'Encounter.account'] },
    maps: {
      'PID[Patient]': [
        ['PID-5 name[1]', 'implemented', ['PID[Patient]#name']],
        ['PID-8 gender', 'missing'],
        ['PID-11 address[1]', 'deviates', 'For a reason.', []],
        ['PID-15 generalPractitioner(Practitioner.gender)', 'implemented', ['PID[Patient]#practitioner']],
        ['PID-17 extension[1].valueCode', 'implemented', ['PID[Patient]#religion']],
      ],
      'XPN[HumanName]': [['XPN.2 given', 'implemented', ['XPN[HumanName]#given']]],
      'XAD[Address]': [['XAD.3 city', 'implemented', ['XAD[Address]#city']]],
    },
  }),
});

describe('what is missed', () => {
  it.each([
    ['Patient', 'a row we have'],
    ['Patient.name.given', 'a row we have'],
    ['Patient.name.suffix', 'no row'],
    ['Patient.gender', 'a row we lack'],
    ['Patient.address.city', 'a row done otherwise'],
    ['Practitioner', 'a row we have'],
    ['Practitioner.gender', 'a row we have'],
    ['Practitioner.birthDate', 'no row'],
    ['Device', 'no row'],
    ['Patient.extension(http://x/religion).valueCode', 'a row we have'],
    ['Patient.extension(http://x/importance).valueCode', 'no row'],
    ['Encounter.subject', 'a row we have'],
    ['Encounter.account', 'a row we lack'],
  ])('%s: %s', (path, standing) => {
    expect(rowOf(path).standing).toBe(standing);
  });

  it('names the row of the segment and that of the datatype in it', () => {
    expect(rowOf('Patient.name.given').row).toBe('PID[Patient] PID-5 name[1] > XPN[HumanName] XPN.2 given');
  });
});

it('takes a cell that goes through references apart', () => {
  expect(elementsIn('requester(PractitionerRole[1].organization(Organization.name))', 'ServiceRequest')).toEqual([
    { type: 'ServiceRequest', element: 'requester' },
    { type: 'PractitionerRole', element: 'organization' },
    { type: 'Organization', element: 'name' },
  ]);
});
