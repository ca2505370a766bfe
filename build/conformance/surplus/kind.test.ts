import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../../src/adapters/definitions/fhir-definitions.js';
import type { IrRule } from '../../../src/mappings/language/ir.js';
import type { Conversion } from '../../../src/model/lineage.js';
import type { Askers } from './account.js';
import type { Fact } from './facts.js';
import { indexGuide } from './guide-index.js';
import { accountOf } from './kind.js';

const does = (kind: 'into' | 'create', module: string): IrRule => ({ does: { kind, module } }) as unknown as IrRule;

const askers: Askers = {
  definitions: loadDefinitions(),
  guide: indexGuide({
    messages: { runs: ['PID[Patient]'], references: ['Encounter.subject'] },
    maps: {
      'PID[Patient]': [
        ['PID-5 name[1]', 'implemented', ['PID[Patient]#name', 'PID[Patient]#alias']],
        ['PID-3 identifier[1]', 'implemented', ['PID[Patient]#identifier']],
        ['PID-19 identifier[4].type.coding.code', 'implemented', ['PID[Patient]#ssn']],
        ['PID-19 identifier[4].type.coding.system', 'deviates', 'No system is published.', ['PID[Patient]#ssn.text']],
        ['PID-13 telecom[1]', 'implemented', ['PID[Patient]#phone']],
        ['PID-15 generalPractitioner(Practitioner.gender)', 'implemented', ['PID[Patient]#practitioner']],
      ],
      'XPN[HumanName]': [['XPN.2 given', 'implemented', ['XPN[HumanName]#given']]],
      'CX[Identifier]': [['CX.1 value', 'implemented', ['CX[Identifier]#value']]],
      'ID[code]': [['ID.1 $value', 'implemented', ['CX[Identifier]#assigner']]],
      'CNN[Practitioner]': [['CNN.1 identifier.value', 'implemented', ['CNN[Practitioner]#identifier']]],
    },
  }),
  rules: new Map([
    ['ADT_A01#patient', does('into', 'PID[Patient]')],
    ['ADT_A01#relative', does('into', 'NK1[RelatedPerson]')],
    ['PID[Patient]#practitioner', does('create', 'CNN[Practitioner]')],
    ['PID[Patient]#phone', does('create', 'XTN[Endpoint]')],
  ]),
  reasons: new Map([['PID[Patient]#nickname', 'A friend says so.']]),
};

/** A fact written by the last rule of a chain. */
function fact(path: string, chain: readonly string[], conversion?: Conversion['kind']): Fact {
  const via = chain.slice(0, -1).map((rule) => `hl7v2/${rule}`);
  const leaf = {
    element: '',
    from: conversion === undefined ? [{ path: 'PID-1' }] : [],
    rule: `hl7v2/${chain.at(-1) ?? ''}`,
    version: '1.0.0',
    via,
    ...(conversion === undefined ? {} : { conversions: [{ kind: conversion, by: 'constant' }] }),
  };
  const [type = ''] = path.split('.');
  return { type, path, value: 'x', leaf };
}

const account = (path: string, chain: readonly string[], conversion?: Conversion['kind']) =>
  accountOf(fact(path, ['ADT_A01#patient', ...chain], conversion), askers);

describe('a fact', () => {
  it('that no rule wrote is a stamp', () => {
    const stamped = { type: 'Patient', path: 'Patient.meta.source', value: 'urn:x' };
    expect(accountOf(stamped, askers).kind).toBe('stamp');
  });

  it('is asked for by the row that its rule implements', () => {
    expect(account('Patient.name.given', ['PID[Patient]#name', 'XPN[HumanName]#given'])).toEqual({
      kind: 'a row of the guide',
      rule: 'XPN[HumanName]#given',
      row: 'XPN[HumanName] XPN.2 given',
      reason: '',
    });
  });

  it('is beyond the guide where the rule that writes it has no row, with the reason of that rule', () => {
    expect(account('Patient.name.text', ['PID[Patient]#nickname'])).toEqual({
      kind: 'beyond the guide',
      rule: 'PID[Patient]#nickname',
      row: '',
      reason: 'A friend says so.',
    });
  });

  it('is beyond the guide where a row has what is called, but none has the caller', () => {
    const chain = ['PID[Patient]#other', 'CX[Identifier]#value'];
    expect(account('Patient.identifier.value', chain)).toMatchObject({
      kind: 'beyond the guide',
      rule: 'PID[Patient]#other',
    });
  });

  it('is asked for by the caller where the module called has no table', () => {
    expect(account('Patient.telecom.rank', ['PID[Patient]#phone', 'XTN[ContactPoint]#rank'])).toMatchObject({
      kind: 'a row of the guide',
      row: 'PID[Patient] PID-13 telecom[1]',
    });
  });

  it('is asked for by the caller where its row names the very element', () => {
    const chain = ['PID[Patient]#practitioner', 'CNN[Practitioner]#sex'];
    expect(account('Practitioner.gender', chain)).toMatchObject({
      kind: 'a row of the guide',
      row: 'PID[Patient] PID-15 generalPractitioner(Practitioner.gender)',
    });
  });

  it('is not asked for by tables that say how a primitive is written', () => {
    const chain = ['PID[Patient]#identifier', 'CX[Identifier]#assigner'];
    expect(account('Patient.identifier.assigner.display', chain).kind).toBe('beyond the guide');
  });

  it('is done otherwise where its rule reads a row that the package does not follow', () => {
    expect(account('Patient.identifier.type.text', ['PID[Patient]#ssn.text'])).toEqual({
      kind: 'a row of the guide, otherwise',
      rule: 'PID[Patient]#ssn.text',
      row: 'PID[Patient] PID-19 identifier[4].type.coding.system',
      reason: 'No system is published.',
    });
  });

  it('is required by FHIR where the message does not have it, whatever row there is', () => {
    const status = account('Appointment.status', ['SCH[Appointment]#status'], 'assumed');
    expect(status).toMatchObject({ kind: 'required by FHIR', row: 'Appointment.status' });
  });

  it('is required by FHIR where every resource needs it and the guide leaves it empty', () => {
    expect(account('Provenance.recorded', ['EVN[Provenance]#recorded']).kind).toBe('required by FHIR');
    expect(account('Patient.communication.language.text', ['PID[Patient]#language']).kind).toBe('beyond the guide');
  });
});

describe('a resource', () => {
  it('is asked for by the message table that runs its segment', () => {
    expect(account('Patient', ['PID[Patient]#nickname'])).toMatchObject({
      kind: 'a row of the guide',
      rule: 'ADT_A01#patient',
      row: 'message table: PID[Patient]',
    });
    const relative = fact('RelatedPerson', ['ADT_A01#relative', 'NK1[RelatedPerson]#name']);
    expect(accountOf(relative, askers)).toMatchObject({ kind: 'beyond the guide', rule: 'ADT_A01#relative' });
  });

  it('that a rule creates is asked for by the row of that rule', () => {
    expect(account('Practitioner', ['PID[Patient]#practitioner', 'CNN[Practitioner]#identifier'])).toMatchObject({
      kind: 'a row of the guide',
      rule: 'PID[Patient]#practitioner',
    });
  });

  it('is referred to by a message table, or for no row', () => {
    const reference = (path: string) => accountOf(fact(path, ['ADT_A01#visit']), askers);
    expect(reference('Encounter.subject')).toMatchObject({ row: 'message table: Encounter.subject' });
    expect(reference('Encounter.account').kind).toBe('beyond the guide');
  });
});
