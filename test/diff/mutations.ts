// Mistakes and changes as people make them, planted one by one in the shipped HL7 v2 package, each with what a comparison has
// to say of it: the cause it is laid to, the kinds and elements that differ.
import type { ChangeKind } from '../../src/pipeline/semantic-diff.js';
import { drop, rule, type ConceptMap, type Edits, type Module } from './versions.js';

export interface Mutation {
  /** What was done, as a steward would say it. */
  readonly name: string;
  readonly edits: Edits;
  readonly cause: string;
  /** Kinds of elements that differ; none: it shows in issues or residuals only. */
  readonly kinds: readonly ChangeKind[];
  /** Kinds that follow from the others in some messages: resources told apart by what changed, what a merge brings. */
  readonly also?: readonly ChangeKind[];
  /** It takes away what others would change: it is never planted with any. */
  readonly alone?: true;
  /** Some of the elements that differ: `removed Patient.birthDate`. */
  readonly elements?: readonly string[];
  /** Some of the issues and residuals that differ: `new PID-7`, `gone time.bad`. */
  readonly findings?: readonly string[];
}

const edit = (module: string, change: (module: Module) => void): Edits => ({ modules: { [module]: change } });
const row = (
  map: string,
  code: string,
  change: (element: ConceptMap['group'][number]['element'][number]) => void,
): Edits => ({
  codeMaps: {
    [map]: ({ group }) => {
      const found = group.flatMap(({ element }) => element).find((element) => element.code === code);
      if (found === undefined) throw new Error(`${map} has no row ${code}.`);
      change(found);
    },
  },
});

export const mutations: readonly Mutation[] = [
  {
    name: 'a rule is dropped',
    edits: edit('PID[Patient]', (module) => void drop(module, 'birthDate')),
    cause: 'PID[Patient]#birthDate',
    kinds: ['time'],
    also: ['resource'],
    elements: ['removed Patient.birthDate'],
    findings: ['new PID-7'],
  },
  {
    name: 'a rule is added',
    edits: edit('PID[Patient]', ({ rules }) => void rules!.push({ id: 'active', to: 'active', fixed: true })),
    cause: 'PID[Patient]#active',
    kinds: ['value'],
    elements: ['added Patient.active'],
  },
  {
    name: 'a component is read in place of another',
    edits: edit('XAD[Address]', (module) => void (rule(module, 'city').from = 'XAD.4')),
    cause: 'XAD[Address]#city',
    kinds: ['text'],
    also: ['identity'],
    elements: ['changed Patient.address.city'],
    findings: ['new PID-11.3'],
  },
  {
    name: 'a row of a code map gives another code',
    edits: row('administrative-sex', 'F', ({ target }) => void (target![0]!.code = 'male')),
    cause: 'code map administrative-sex row F',
    kinds: ['code'],
    elements: ['changed Patient.gender'],
  },
  {
    name: 'a row of a code map is dropped',
    edits: {
      codeMaps: {
        'encounter-class': ({ group }) => {
          for (const each of group) each.element = each.element.filter(({ code }) => code !== 'I');
        },
      },
    },
    cause: 'code map encounter-class row I',
    kinds: ['code', 'text'],
    elements: ['changed Encounter.class.code', 'removed Encounter.class.display'],
    findings: ['new terminology.unmapped-code'],
  },
  {
    name: 'another code map is named',
    alone: true,
    edits: edit('PV1[Encounter]', (module) => void (rule(module, 'class').translate = { map: 'visit-priority' })),
    cause: 'PV1[Encounter]#class',
    kinds: ['code', 'text'],
    elements: ['changed Encounter.class.code'],
  },
  {
    name: 'an unmapped code gets a default',
    edits: edit('PID[Patient]', (module) => {
      rule(module, 'gender').translate = {
        map: 'administrative-sex',
        unmapped: 'default',
        default: 'unknown',
        because: 'x',
      };
    }),
    cause: 'PID[Patient]#gender',
    kinds: ['code'],
    elements: ['added Patient.gender'],
  },
  {
    name: 'the unit is read from the code',
    edits: edit('CWE[Quantity]', (module) => void (rule(module, 'unit').from = 'CWE.1')),
    cause: 'CWE[Quantity]#unit',
    kinds: ['value'],
    elements: ['changed Observation.valueQuantity.unit'],
  },
  {
    name: 'the code of the unit is dropped',
    edits: edit('CWE[Quantity]', (module) => void drop(module, 'code')),
    cause: 'CWE[Quantity]#code',
    kinds: ['value'],
    elements: ['removed Observation.valueQuantity.code'],
  },
  {
    name: 'a number becomes text',
    alone: true,
    edits: edit('OBX[Observation]', (module) => {
      const number = rule(module, 'value/NM');
      delete number.each;
      delete number.rules;
      Object.assign(number, { from: 'OBX-5', expect: 'only', to: 'valueString', read: 'whole' });
    }),
    cause: 'OBX[Observation]#value/NM',
    kinds: ['value', 'text'],
    elements: ['removed Observation.valueQuantity', 'added Observation.valueString'],
  },
  {
    name: 'a time loses its precision',
    edits: edit('OBR[DiagnosticReport]', (module) => void (rule(module, 'effective').as = 'date')),
    cause: 'OBR[DiagnosticReport]#effective',
    kinds: ['time'],
    elements: ['changed DiagnosticReport.effectiveDateTime'],
  },
  {
    name: 'a time is read from another field',
    edits: edit('OBR[DiagnosticReport]', (module) => void (rule(module, 'issued').from = 'OBR-7')),
    cause: 'OBR[DiagnosticReport]#issued',
    kinds: ['time'],
  },
  {
    name: 'a status is assumed otherwise',
    edits: edit('OBR[DiagnosticReport]', (module) => void (rule(module, 'status.absent').assumed = 'final')),
    cause: 'OBR[DiagnosticReport]#status.absent',
    kinds: ['status'],
    elements: ['changed DiagnosticReport.status'],
  },
  {
    name: 'a row of a status map gives another status',
    edits: row('observation-result-status', 'F', ({ target }) => void (target![0]!.code = 'amended')),
    cause: 'code map observation-result-status row F',
    kinds: ['status'],
    elements: ['changed Observation.status'],
  },
  {
    name: 'the key of an identity is another component',
    alone: true,
    edits: edit('PID[Patient]', (module) => {
      for (const candidate of module.identity as { pick?: string; key: string[] }[])
        if (candidate.pick === 'PID-3') candidate.key = ['CX.5'];
    }),
    cause: 'PID[Patient] identity',
    kinds: ['identity'],
    also: ['resource', 'code', 'reference', 'text'],
    elements: ['changed Patient.id'],
  },
  {
    name: 'a part of an identity is left out',
    alone: true,
    edits: edit('OBX[Observation]', (module) => {
      for (const candidate of module.identity as { key: string[] }[])
        candidate.key = candidate.key.filter((part) => part !== 'OBX-3.1');
    }),
    cause: 'OBX[Observation] identity',
    kinds: ['identity'],
    elements: ['changed Observation.id'],
  },
  {
    name: 'an identity is given up',
    edits: edit('PV1[Encounter]', (module) => void delete module.identity),
    cause: 'PV1[Encounter] identity',
    kinds: ['identity'],
    // Two PV1 segments of one visit are two Encounters then.
    also: ['resource'],
    elements: ['changed Encounter.id'],
    findings: ['new identity.message-scoped'],
  },
  {
    name: 'a condition is negated',
    edits: edit('PID[Patient]', (module) => void (rule(module, 'address').when = 'not (count(PID-11) = 1)')),
    cause: 'PID[Patient]#address',
    kinds: ['text'],
    also: ['code'],
    elements: ['removed Patient.address'],
  },
  {
    name: 'a condition is dropped',
    edits: edit('XTN[ContactPoint]', (module) => void delete rule(module, 'system.unknown').when),
    cause: 'XTN[ContactPoint]#system.unknown',
    kinds: ['code'],
    also: ['text', 'resource'],
  },
  {
    name: 'a filter of values is another',
    edits: edit('OBX[Observation]', (module) => void (rule(module, 'interpretation').where = "CWE.1 = 'no such code'")),
    cause: 'OBX[Observation]#interpretation',
    kinds: ['code'],
    elements: ['removed Observation.interpretation'],
  },
  {
    name: 'a constant is another',
    edits: edit('PID[Patient]', (module) => void (rule(module, 'homePhone.use').fixed = 'old')),
    cause: 'PID[Patient]#homePhone.use',
    kinds: ['code'],
    elements: ['changed Patient.telecom.use'],
  },
  {
    name: 'one value is expected where there are more',
    edits: edit('PID[Patient]', (module) => void (rule(module, 'name').expect = 'only')),
    cause: 'PID[Patient]#name',
    kinds: ['text'],
    elements: ['removed Patient.name'],
    findings: ['new map.more-than-one'],
  },
  {
    name: 'one value is taken of all',
    edits: edit('PID[Patient]', (module) => void (rule(module, 'identifier').expect = 'first')),
    cause: 'PID[Patient]#identifier',
    kinds: ['identity', 'resource'],
    elements: ['removed Patient.identifier'],
  },
  {
    name: 'arguments of a function are swapped',
    edits: edit('XTN[ContactPoint]', (module) => {
      rule(module, 'number.parts').with = { country: 'XTN.6', area: 'XTN.5', local: 'XTN.7', extension: 'XTN.8' };
    }),
    cause: 'XTN[ContactPoint]#number.parts',
    kinds: ['text'],
    elements: ['changed Patient.telecom.value'],
  },
  {
    name: 'another function is called',
    edits: edit('CWE[CodeableConcept]', (module) => {
      const system = rule(module, 'system');
      system.call = 'table-uri';
      system.with = { table: 'CWE.3' };
    }),
    cause: 'CWE[CodeableConcept]#system',
    kinds: ['code'],
    also: ['status'],
    elements: ['removed Observation.code.coding.system'],
    findings: ['new map.function-refused'],
  },
  {
    name: 'another module builds the value',
    edits: edit('PID[Patient]', (module) => void (rule(module, 'language').use = 'ST[CodeableConcept]')),
    cause: 'PID[Patient]#language',
    kinds: ['code', 'text'],
    also: ['value'],
    elements: ['removed Patient.communication.language.coding'],
  },
  {
    name: 'another module builds the resource',
    edits: edit('PV1[Encounter]', (module) => {
      Object.assign(rule(module, 'attending.individual'), {
        create: 'PractitionerRole',
        use: 'XCN[PractitionerRole-Observer]',
      });
    }),
    cause: 'PV1[Encounter]#attending.individual',
    kinds: ['resource', 'reference'],
    elements: ['added PractitionerRole', 'changed Encounter.participant.individual.reference'],
  },
  {
    name: 'a module is called with another parameter',
    edits: edit('CX[Identifier]', (module) => void (rule(module, 'type').with = { table: '0001' })),
    cause: 'CX[Identifier]#type',
    kinds: ['code'],
    elements: ['changed Patient.identifier.type.coding.system'],
  },
  {
    name: 'only the first component of a text is read',
    edits: edit('OBX[Observation]', (module) => {
      const text = rule(module, 'value').cases!['ST|TX|FT'] as { read?: string };
      delete text.read;
    }),
    cause: 'OBX[Observation]#value/ST|TX|FT',
    kinds: ['text'],
    elements: ['changed Observation.valueString'],
  },
  {
    name: 'a field is no longer passed over',
    edits: edit('PID[Patient]', (module) => {
      module.ignore = module.ignore!.filter(({ path }) => path !== 'PID-1');
    }),
    cause: 'PID[Patient] ignore PID-1',
    kinds: [],
    findings: ['new PID-1'],
  },
  {
    name: 'a field that is read nowhere is passed over',
    edits: edit(
      'DG1[Condition]',
      (module) => void (module.ignore ??= []).push({ path: 'DG1-6', reason: 'a code of the sender' }),
    ),
    cause: 'DG1[Condition] ignore DG1-6',
    kinds: [],
    findings: ['gone DG1-6'],
  },
  {
    name: 'a reference is no longer written',
    edits: edit('ORU_R01', (module) => {
      rule(module, 'report').refs = { subject: 'Patient[1]', basedOn: 'ServiceRequest[1]', specimen: 'Specimen[1]' };
    }),
    cause: 'ORU_R01#report',
    kinds: ['reference'],
    elements: ['removed DiagnosticReport.encounter'],
  },
  {
    name: 'a reference names another resource',
    edits: edit('ADT_A01', (module) => void (rule(module, 'header.visit').ref = 'Patient[1]')),
    cause: 'ADT_A01#header.visit',
    kinds: ['reference'],
    elements: ['removed MessageHeader.focus'],
  },
  {
    name: 'a scope of a message is dropped',
    alone: true,
    edits: edit('ORU_R01', (module) => void drop(module, 'observation')),
    cause: 'ORU_R01#observation',
    kinds: ['resource', 'reference'],
    also: ['identity', 'text'],
    elements: ['removed Observation', 'removed DiagnosticReport.result'],
  },
  {
    name: 'a scope of a message gets a condition',
    edits: edit('ADT_A01', (module) => void (rule(module, 'role').when = "MSH-9.2 = 'none'")),
    cause: 'ADT_A01#role',
    kinds: ['resource', 'reference'],
    also: ['code', 'time', 'text'],
  },
  {
    name: 'a scope of a segment is dropped',
    edits: edit('PV1[Encounter]', (module) => void drop(module, 'referring')),
    cause: 'PV1[Encounter]#referring',
    kinds: ['resource', 'reference', 'code'],
    also: ['text'],
    elements: ['removed Encounter.participant.individual'],
  },
  {
    name: 'a segment is not mapped into its resource',
    edits: edit('ADT_A01', (module) => void drop(module, 'visit.more')),
    cause: 'ADT_A01#visit.more',
    kinds: ['code'],
    also: ['resource', 'value', 'status', 'time', 'reference', 'text'],
  },
  {
    name: 'a case of a switch is dropped',
    edits: edit('OBX[Observation]', (module) => void delete rule(module, 'value').cases!['DT|DTM|TS']),
    cause: 'OBX[Observation]#value/DT|DTM|TS',
    kinds: ['time', 'text'],
    elements: ['removed Observation.valueDateTime', 'added Observation.valueString'],
  },
  {
    name: 'a target is another element',
    edits: edit('SPM[Specimen]', (module) => void (rule(module, 'received').to = 'collection.collectedDateTime')),
    cause: 'SPM[Specimen]#received',
    kinds: ['time'],
    elements: ['removed Specimen.receivedTime'],
  },
  {
    name: 'a fallback is none any more',
    edits: edit('XTN[ContactPoint]', (module) => void delete rule(module, 'use.equipment').fallback),
    cause: 'XTN[ContactPoint]#use.equipment',
    kinds: [],
  },
  {
    name: 'two rules change places',
    edits: edit('XPN[HumanName]', ({ rules }) => {
      const [given] = rules!.splice(
        rules!.findIndex(({ id }) => id === 'given'),
        1,
      );
      rules!.push(given!);
    }),
    cause: 'XPN[HumanName]#given',
    kinds: ['text'],
    elements: ['reordered Patient.name.given'],
  },
  {
    name: 'the time of a report is dropped',
    edits: edit('OBR[DiagnosticReport]', (module) => void drop(module, 'effective')),
    cause: 'OBR[DiagnosticReport]#effective',
    kinds: ['time'],
    also: ['resource'],
  },
];

/** Mutations that can be planted at once: no two of a group edit the same module or code map. */
export function groupsOf(planted: readonly Mutation[], size: number): Mutation[][] {
  const groups: Mutation[][] = [];
  for (const mutation of planted) {
    const group = groups.find((each) => each.length < size && !each.some((other) => interfere(mutation, other)));
    if (group === undefined) groups.push([mutation]);
    else group.push(mutation);
  }
  return groups;
}

const interfere = (a: Mutation, b: Mutation): boolean =>
  a.alone === true || b.alone === true || subjects(a).some((subject) => subjects(b).includes(subject));

const subjects = ({ edits: { modules = {}, codeMaps = {} } }: Mutation): string[] => [
  ...Object.keys(modules),
  ...Object.keys(codeMaps),
];
