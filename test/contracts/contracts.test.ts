// What contracts make of messages on the shipped feeds, and what they refuse before any message comes.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway, writtenContent } from '../../src/adapters/composition.js';
import { loadContracts } from '../../src/adapters/contracts/contract-files.js';
import { compileBindings } from '../../src/adapters/contracts/value-set-bindings.js';
import { shippedTerminology } from '../../src/adapters/terminology/installed-editions.js';
import { sha256 } from '../../src/adapters/definitions/artifacts.js';
import { convertUnit } from '../../src/adapters/definitions/unit-conversion.js';
import { loadCompiled } from '../../src/adapters/packages/compiler.js';
import { packageNames } from '../../src/adapters/packages/package-source.js';
import type { JsonObject } from '../../src/model/json.js';
import { governanceFaults } from '../../src/pipeline/contracts/governed.js';
import { compileContracts } from '../../src/validation/contracts/compile.js';

const artifacts = loadArtifacts();
const gateway = loadGateway({ artifacts });
const contracts = loadContracts();

type Part = readonly [code: string, value: string, unit: string];
type Row = readonly [shows: string, disposition: string, codes: readonly string[], ...parts: Part[]];

const part = (...[code, value, unit]: Part): string =>
  `|NM|${code}^BP^LN||${value}|${unit}|||||F|||20260102100000+0000`;

/** An ORU with these blood-pressure OBX segments, as the hl7v2 feed would take it. */
function normalized(...parts: readonly string[]) {
  const segments = [
    'MSH|^~\\&|LAB|H|CONCORD|H|20260102100500+0000||ORU^R01^ORU_R01|1|P|2.5.1',
    'PID|1||4711^^^H^MR||Example^Ada||19800201|F',
    'OBR|1||F1^LAB|85354-9^Blood pressure^LN|||20260102100000+0000||||||||||||||||||F',
    ...parts.map((each, index) => `OBX|${index + 1}${each}`),
  ];
  const bytes = Buffer.from(segments.join('\r'));
  const [outcome] = gateway.normalize({
    bytes,
    digest: sha256(bytes),
    feed: 'hl7v2',
    receivedAt: '2026-01-02T10:06:00.000Z',
  }).outcomes;
  return outcome!;
}

const breaches = ({ report }: ReturnType<typeof normalized>): string[] =>
  report.issues.filter(({ code }) => code.startsWith('contract.')).map(({ code }) => code);

describe('the blood-pressure contract', () => {
  const readings: readonly Row[] = [
    ['keeps a sound reading', 'publish', [], ['8480-6', '120', 'mm[Hg]^^UCUM'], ['8462-4', '80', 'mm[Hg]^^UCUM']],
    [
      'warns of a missing diastolic',
      'publish-with-warnings',
      ['contract.part-missing'],
      ['8480-6', '120', 'mm[Hg]^^UCUM'],
    ],
    [
      'takes kPa and converts it',
      'publish',
      ['contract.unit-converted', 'contract.unit-converted'],
      ['8480-6', '16', 'kPa^^UCUM'],
      ['8462-4', '10.5', 'kPa^^UCUM'],
    ],
    [
      'warns of a unit that is no UCUM code',
      'publish-with-warnings',
      ['contract.unit-not-ucum', 'contract.unit-not-ucum'],
      ['8480-6', '120', 'mm HG'],
      ['8462-4', '80', 'mm HG'],
    ],
    [
      'warns of a unit that measures something else',
      'publish-with-warnings',
      ['contract.unit-not-allowed'],
      ['8480-6', '120', 'kg^^UCUM'],
      ['8462-4', '80', 'mm[Hg]^^UCUM'],
    ],
    [
      'quarantines an implausible amount',
      'quarantine',
      ['contract.implausible'],
      ['8480-6', '1200', 'mm[Hg]^^UCUM'],
      ['8462-4', '80', 'mm[Hg]^^UCUM'],
    ],
    [
      'measures what is plausible in the canonical unit',
      'quarantine',
      ['contract.unit-converted', 'contract.unit-converted', 'contract.implausible'],
      ['8480-6', '60', 'kPa^^UCUM'],
      ['8462-4', '10.5', 'kPa^^UCUM'],
    ],
    [
      'measures a unit that only its text tells',
      'quarantine',
      ['contract.implausible', 'contract.unit-not-ucum'],
      ['8480-6', '1200', 'mmHg'],
      ['8462-4', '80', 'mm[Hg]^^UCUM'],
    ],
    [
      'quarantines swapped amounts',
      'quarantine',
      ['contract.order'],
      ['8480-6', '80', 'mm[Hg]^^UCUM'],
      ['8462-4', '120', 'mm[Hg]^^UCUM'],
    ],
  ];

  it.each(readings.map((row) => [row[0], row] as const))('%s', (_shows, [, disposition, codes, ...parts]) => {
    const outcome = normalized(...parts.map((each) => part(...each)));
    const expected = disposition === 'publish' ? /^publish/ : new RegExp(`^${disposition}$`);
    expect(breaches(outcome).sort()).toEqual([...codes].sort());
    expect(outcome.disposition).toMatch(expected);
    if (disposition === 'quarantine') expect(outcome.report.decidedBy).toMatch(/^contract\./);
  });

  it('names the source position and rule of what broke it', () => {
    const { report } = normalized(part('8480-6', '1200', 'mm[Hg]^^UCUM'), part('8462-4', '80', 'mm[Hg]^^UCUM'));
    const found = report.issues.find(({ code }) => code === 'contract.implausible');
    expect(found?.position?.path).toMatch(/^OBX/);
    expect(found?.rule).toMatch(/^hl7v2\//);
    expect(found?.text).not.toContain('1200');
  });

  it('is part of the release', () => {
    expect(normalized(part('8480-6', '120', 'mm[Hg]^^UCUM')).pins.contract).toMatch(
      /^hl7v2@1\.0\.0 sha256 [0-9a-f]{64}$/,
    );
  });
});

const check = compileContracts({
  contracts: contracts.contracts,
  convert: convertUnit,
  bind: compileBindings(contracts, { definitions: artifacts.definitions, content: () => shippedTerminology().content }),
  unregistered: ['http://example.org/unheard-of'],
  unowned: ['Patient.photo', 'Patient.birthDate'],
});
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const component = (code: string, value: number): JsonObject => ({
  code: loinc(code),
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
});
const found = (type: string, content: JsonObject) =>
  check([{ type, content: { subject: { reference: 'Patient/1' }, ...content } }]).map(({ issue }) => [
    issue.code,
    issue.severity,
    issue.expression,
  ]);

describe('contracts on canonical resources', () => {
  it('look into the components of a panel', () => {
    const panel = (...parts: JsonObject[]) => ({ code: loinc('85354-9'), component: parts });
    expect(found('Observation', panel(component('8480-6', 120), component('8462-4', 80)))).toEqual([]);
    expect(found('Observation', panel(component('8480-6', 120)))).toEqual([
      ['contract.part-missing', 'warning', 'Observation'],
    ]);
    expect(found('Observation', panel(component('8480-6', 80), component('8462-4', 120)))).toEqual([
      ['contract.order', 'error', 'Observation.component[1].value.ofType(Quantity)'],
    ]);
  });

  it('say nothing of other observations', () => {
    expect(found('Observation', { code: loinc('2345-7'), valueQuantity: { value: 1e6 } })).toEqual([]);
  });

  it('ask for what they require', () => {
    expect(found('Patient', {})).toEqual([['contract.required-missing', 'warning', 'Patient']]);
  });

  it('find an extension that nobody registered, wherever it stands', () => {
    const extension = [{ url: 'http://example.org/unheard-of', valueString: 'x' }];
    expect(found('Patient', { identifier: [{ value: '1' }], name: [{ _family: { extension } }] })).toEqual([
      ['contract.extension-unregistered', 'error', 'Patient.name[0]._family.extension[0]'],
    ]);
  });
});

describe('elements without an owner', () => {
  it('are named, a primitive and its extensions once', () => {
    const content = { identifier: [{ value: '1' }], birthDate: '1980', _birthDate: { id: 'a' }, gender: 'female' };
    expect(found('Patient', content)).toEqual([['contract.element-unowned', 'error', 'Patient.birthDate']]);
    expect(found('Person', { photo: {} })).toEqual([]);
  });
});

describe('what packages write', () => {
  it.each(packageNames())('%s has an owner for each element, and registered every extension', (name) => {
    const { ir } = loadCompiled(name);
    const written = writtenContent(ir, artifacts);
    expect(written.elements).toContain('Patient.identifier');
    expect(written.extensions.length).toBeGreaterThan(0);
    expect(governanceFaults(ir, written, contracts)).toEqual([]);
  });

  it('is refused without an owner, by another than the owner lets write, and with an unregistered extension', () => {
    const { ir } = loadCompiled('hl7v2');
    const told = (elements: string[], extensions: string[] = [], name = ir.name) =>
      governanceFaults({ ...ir, name }, { elements, extensions }, contracts);
    expect(told(['Patient.birthDate'])).toEqual([]);
    expect(told(['Patient.unheardOf'])[0]).toContain('Patient.unheardOf has no owner.');
    expect(told(['Patient.birthDate'], [], 'stranger')[0]).toContain('may not be written by stranger.');
    expect(told([], ['http://example.org/unheard-of'])[0]).toContain('is not registered.');
  });
});

describe('a folder of contracts', () => {
  const folderWith = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'concord-contracts-'));
    writeFileSync(join(folder, 'c.yaml'), text);
    return folder;
  };
  const sound = `apiVersion: v3.0.2
kind: DataContract
id: c
version: 1.0.0
status: active
description: { purpose: p }
team: [{ name: n, role: owner }]
`;

  const canonical = (name: string): string => `http://concord.example.org/fhir/StructureDefinition/canonical-${name}`;

  it('loads a sound contract', () => {
    expect(loadContracts(folderWith(sound)).contracts.map(({ id }) => id)).toEqual(['c']);
  });

  it.each([
    ['an unknown key', `${sound}colour: red\n`, /c\.yaml:8 .*unknown key "colour"\. Remove it/],
    ['a wrong word', sound.replace('active', 'lively'), /c\.yaml:5 \/status .*: proposed, draft/],
    [
      'a status at two stages',
      `${sound}schema: [{ name: Observation, statusTransitions: { order: [[a], [b, a]], onViolation: warn } }]\n`,
      /c: Observation has the status a at two stages\. Correct order/,
    ],
    [
      'a staleness without an end',
      `${sound}schema: [{ name: Observation, staleness: { onViolation: warn } }]\n`,
      /c\.yaml:8 .*required property 'hours'/,
    ],
    [
      'a profile at a version that is not there',
      `${sound}schema: [{ name: Patient, profiles: [{ profile: '${canonical('patient')}|9.0.0', onViolation: warn }] }]\n`,
      /c: Patient asks for .*canonical-patient\|9\.0\.0, which is not in profiles\/\. Correct profiles/,
    ],
    [
      'a profile of another type',
      `${sound}schema: [{ name: Patient, profiles: [{ profile: '${canonical('location')}|1.0.0', onViolation: warn }] }]\n`,
      /canonical-location\|1\.0\.0 is for Location, not for Patient/,
    ],
    [
      'a profile without its version',
      `${sound}schema: [{ name: Patient, profiles: [{ profile: '${canonical('patient')}', onViolation: warn }] }]\n`,
      /c\.yaml:8 \/schema\/0\/profiles\/0\/profile must match pattern/,
    ],
    ['a contract that is not there', `${sound}keeps: [other@1.0.0]\n`, /keeps other@1\.0\.0.*Correct keeps/],
  ])('refuses %s with place and mend', (_name, text, reason) => {
    expect(() => loadContracts(folderWith(text))).toThrow(reason);
  });
});
