// Elements that contracts bind to value sets at a version.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { loadContracts } from '../../src/adapters/contracts/contract-files.js';
import { compileBindings } from '../../src/adapters/contracts/value-set-bindings.js';
import { sha256 } from '../../src/adapters/definitions/artifacts.js';
import { convertUnit } from '../../src/adapters/definitions/unit-conversion.js';
import { shippedTerminology } from '../../src/adapters/terminology/installed-editions.js';
import type { JsonObject } from '../../src/model/json.js';
import { compileContracts } from '../../src/validation/contracts/compile.js';

const artifacts = loadArtifacts();
const terminology = shippedTerminology();

/** A contract whose only schema entry is of this type, with one value set a line from line 10 on. */
const contractText = (type: string, ...bound: readonly string[]): string => `apiVersion: v3.0.2
kind: DataContract
id: codes
version: 1.0.0
status: active
description: { purpose: p }
team: [{ name: n, role: owner }]
schema:
  - name: ${type}
    valueSets:
${bound.map((each) => `      - { ${each} }\n`).join('')}`;

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'concord-value-sets-'));
  writeFileSync(join(folder, 'codes.yaml'), text);
  return folder;
}

const fhir = 'http://hl7.org/fhir/ValueSet';
const bound = (element: string, valueSet: string, onViolation = 'warn'): string =>
  `element: ${element}, valueSet: '${valueSet}', onViolation: ${onViolation}`;

function compiled(text: string) {
  const contracts = loadContracts(folderWith(text));
  const bind = compileBindings(contracts, {
    definitions: artifacts.definitions,
    content: () => terminology.content,
  });
  return compileContracts({
    ...{ contracts: contracts.contracts, convert: convertUnit, bind, unregistered: [], unowned: [] },
  });
}

const checks = {
  Observation: compiled(
    contractText(
      'Observation',
      bound('category', `${fhir}/observation-category|4.0.1`),
      bound('status', `${fhir}/observation-status|4.0.1`, 'quarantine'),
      bound('valueQuantity', `${fhir}/ucum-bodyweight|4.0.1`, 'reject'),
      bound('component.valueCodeableConcept', `${fhir}/data-absent-reason|4.0.1`),
    ),
  ),
  Patient: compiled(contractText('Patient', bound('identifier.type', `${fhir}/identifier-type|4.0.1`))),
  Encounter: compiled(
    contractText('Encounter', bound('class', 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode|3.0.0')),
  ),
};

const found = (type: keyof typeof checks, content: JsonObject): string[] =>
  checks[type]([{ type, content }]).map(({ issue }) => `${issue.code} ${issue.severity} ${issue.expression ?? ''}`);

const category = (...codes: readonly string[]): JsonObject => ({
  coding: codes.map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code })),
});
const idType = (code: string): JsonObject => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] },
});
const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const ucum = 'http://unitsofmeasure.org';

describe('an element that a contract binds to a value set', () => {
  it.each<readonly [shows: string, type: keyof typeof checks, content: JsonObject, told: readonly string[]]>([
    ['has one coding of it', 'Observation', { category: [category('laboratory')] }, []],
    ['has one coding of it among others', 'Observation', { category: [category('homely', 'laboratory')] }, []],
    [
      'has none in the second of its values',
      'Observation',
      { category: [category('laboratory'), category('homely')] },
      ['contract.value-set warning Observation.category[1]'],
    ],
    [
      'has words alone',
      'Observation',
      { category: [{ text: 'of the lab' }] },
      ['contract.value-set warning Observation.category[0]'],
    ],
    [
      'has nothing but why it is absent',
      'Observation',
      { category: [{ extension: [{ url: 'http://example.org' }] }] },
      [],
    ],
    ['is absent', 'Observation', {}, []],
    ['is a code of it', 'Observation', { status: 'final' }, []],
    ['is a code, but none of it', 'Observation', { status: 'done' }, ['contract.value-set error Observation.status']],
    ['is an amount in a unit of it', 'Observation', { valueQuantity: { value: 70, system: ucum, code: 'kg' } }, []],
    [
      'is an amount in another unit',
      'Observation',
      { valueQuantity: { value: 70, system: ucum, code: 'L' } },
      ['contract.value-set fatal Observation.value.ofType(Quantity)'],
    ],
    [
      'is an amount whose unit is not coded',
      'Observation',
      { valueQuantity: { value: 70, unit: 'kg' } },
      ['contract.value-set fatal Observation.value.ofType(Quantity)'],
    ],
    [
      'stands in a component',
      'Observation',
      {
        component: [
          {
            valueCodeableConcept: {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
            },
          },
          { valueString: 'yes' },
          {
            valueCodeableConcept: {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'P' }],
            },
          },
        ],
      },
      ['contract.value-set warning Observation.component[2].value.ofType(CodeableConcept)'],
    ],
    [
      'is nested in a list',
      'Patient',
      { identifier: [idType('MR'), { value: '1' }, idType('XQ')] },
      ['contract.value-set warning Patient.identifier[2].type'],
    ],
    ['is a Coding of it', 'Encounter', { class: { system: act, code: 'IMP' } }, []],
    [
      'is a Coding of its system that it leaves out',
      'Encounter',
      { class: { system: act, code: '_ActEncounterCode' } },
      ['contract.value-set warning Encounter.class'],
    ],
    [
      'is a Coding without a system',
      'Encounter',
      { class: { code: 'IMP' } },
      ['contract.value-set warning Encounter.class'],
    ],
  ])('%s', (_shows, type, content, told) => {
    expect(found(type, content)).toEqual(told);
  });

  it('says nothing of other types, and no value of the message', () => {
    expect(checks.Encounter([{ type: 'Patient', content: { class: { code: 'IMP' } } }])).toEqual([]);
    const [breach] = checks.Patient([{ type: 'Patient', content: { identifier: [idType('XQ')] } }]);
    expect(breach?.issue.text).toContain('codes@1.0.0');
    expect(breach?.issue.text).toContain(`Patient.identifier.type from ${fhir}/identifier-type|4.0.1`);
    expect(breach?.issue.text).not.toContain('XQ');
  });
});

const adt = (patientClass: string): string =>
  [
    'MSH|^~\\&|REG|NORTH|CONCORD|HUB|20260102100500+0000||ADT^A01^ADT_A01|1|P|2.5.1',
    'PID|1||4711^^^NORTH&2.999.1&ISO^MR||Berg^Ada||19800201|F',
    `PV1|1|${patientClass}|||||||||||||||||V1^^^NORTH&2.999.1&ISO`,
  ].join('\r');

function normalized(text: string, onViolation: string) {
  const folder = folderWith(
    contractText(
      'Encounter',
      bound('class', 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode|3.0.0', onViolation),
    ),
  );
  const bytes = Buffer.from(text);
  const envelope = { bytes, digest: sha256(bytes), feed: 'hl7v2', receivedAt: '2026-01-02T10:06:00.000Z' };
  // Nobody owns what is written where there is no ownership: only what the contract says is looked at.
  return loadGateway({ artifacts, contracts: folder }).normalize(envelope).outcomes[0]!;
}

describe('a message whose code is not of the value set', () => {
  it.each([
    ['warn', 'warning'],
    ['quarantine', 'error'],
    ['reject', 'fatal'],
  ])('%s: the issue is located in the source, with severity %s', (onViolation, severity) => {
    const { disposition, report } = normalized(adt('DAY'), onViolation);
    const issue = report.issues.find(({ code }) => code === 'contract.value-set');
    expect(issue).toMatchObject({ severity, expression: 'Encounter.class', position: { path: 'PV1-2' } });
    expect(issue?.rule).toMatch(/^hl7v2\//);
    if (onViolation === 'reject') expect(disposition).toBe('reject');
  });

  it('is not told of where the code is of it', () => {
    const { report, pins } = normalized(adt('I'), 'reject');
    expect(report.issues.map(({ code }) => code)).not.toContain('contract.value-set');
    expect(pins.terminology).toMatch(/^sha256 [0-9a-f]{64}$/);
  });
});

it('a release tells which terminology its value sets are of, and only then', () => {
  const without = folderWith(contractText('Encounter').replace('    valueSets:\n', ''));
  expect(loadGateway({ artifacts, contracts: without }).release('hl7v2').pins).not.toHaveProperty('terminology');
  expect(loadGateway({ artifacts }).release('hl7v2').pins.terminology).toBe(terminology.digest());
});

describe('a binding that cannot be kept', () => {
  const category401 = `${fhir}/observation-category|4.0.1`;

  it.each([
    [
      'a version that is not installed',
      bound('category', `${fhir}/observation-category|4.0.0`),
      /^codes\.yaml:12 .*observation-category\|4\.0\.0 is not installed; 4\.0\.1 is\. Name a version/,
    ],
    [
      'a value set that is not installed',
      bound('category', 'http://example.org/unheard-of|1'),
      /^codes\.yaml:12 http:\/\/example\.org\/unheard-of\|1 is not installed\./,
    ],
    [
      'codes of a system that is not installed',
      bound('code', `${fhir}/clinical-findings|4.0.1`),
      /^codes\.yaml:12 .*clinical-findings\|4\.0\.1 takes codes of http:\/\/snomed\.info\/sct, which is not installed/,
    ],
    [
      'an element that FHIR does not have',
      bound('colour', category401),
      /^codes\.yaml:12 Observation has no element colour\. Correct the element/,
    ],
    [
      'a nested element that FHIR does not have',
      bound('component.colour', category401),
      /^codes\.yaml:12 Observation\.component has no element colour/,
    ],
    [
      'a choice without its form',
      bound('value', category401),
      /^codes\.yaml:12 Observation has no element value; it has valueQuantity, valueCodeableConcept,/,
    ],
    [
      'an element without codes',
      bound('effectiveDateTime', category401),
      /^codes\.yaml:12 Observation\.effectiveDateTime is a dateTime, which has no code/,
    ],
    [
      'a value set without a version',
      bound('category', `${fhir}/observation-category`),
      /^codes\.yaml:12 .*valueSet must match pattern/,
    ],
    [
      'an unknown consequence',
      bound('category', category401, 'ignore'),
      /^codes\.yaml:12 .*onViolation .*: reject, quarantine, warn/,
    ],
  ])('is refused before any message comes, with place and mend: %s', (_name, wrong, reason) => {
    const text = contractText('Observation', bound('status', `${fhir}/observation-status|4.0.1`), wrong);
    expect(() => loadGateway({ artifacts, contracts: folderWith(text) })).toThrow(reason);
  });

  it('is told of with all others', () => {
    const text = contractText('Observation', bound('colour', category401), bound('category', 'http://example.org/x|1'));
    expect(() => compiled(text)).toThrow(/^codes\.yaml:11 .*\ncodes\.yaml:12 /);
  });

  it('is none of a type that FHIR does not have', () => {
    expect(() => compiled(contractText('Starship', bound('class', category401)))).toThrow(
      /^codes\.yaml:11 Starship is no resource type/,
    );
  });
});
