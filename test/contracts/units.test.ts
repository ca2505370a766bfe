// Amounts brought to the units that contracts ask for, on the way of a message.
import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { loadContracts } from '../../src/adapters/contracts/contract-files.js';
import { packageRoot, sha256 } from '../../src/adapters/definitions/artifacts.js';
import { convertUnit } from '../../src/adapters/definitions/unit-conversion.js';
import { printJson } from '../../src/canonical/json.js';
import type { JsonObject } from '../../src/model/json.js';
import type { Gateway } from '../../src/pipeline/gateway.js';
import { unitFaults } from '../../src/pipeline/units/unit-faults.js';

const artifacts = loadArtifacts();

const glucose = `apiVersion: v3.0.2
kind: DataContract
id: glucose
version: 1.0.0
status: active
description: { purpose: Glucose in one unit. }
team: [{ name: Clinical data stewards, role: owner }]
schema:
  - name: Observation
    measurements:
      - quantities:
          - name: glucose
            code: { system: http://loinc.org, code: 2345-7 }
            unit: { canonical: mmol/L, allowed: [mg/dL, g/L], convert: true, molarMass: 180.156, onViolation: warn }
            plausible: { min: 0.5, max: 60, onViolation: quarantine }
`;

/** The shipped contracts, and that of glucose, which every feed without a contract of its own keeps. */
function contractFolder(text = glucose): string {
  const folder = mkdtempSync(join(tmpdir(), 'concord-units-'));
  const shipped = join(packageRoot, 'contracts');
  for (const name of readdirSync(shipped))
    if (name !== 'hl7v2.yaml') copyFileSync(join(shipped, name), join(folder, name));
  writeFileSync(join(folder, 'glucose.yaml'), text);
  return folder;
}

/** An ORU with these results, as the hl7v2 feed takes it. */
function normalizedBy(gateway: Gateway, ...results: readonly string[]) {
  const segments = [
    'MSH|^~\\&|LAB|H|CONCORD|H|20260102100500+0000||ORU^R01^ORU_R01|1|P|2.5.1',
    'PID|1||4711^^^H^MR||Example^Ada||19800201|F',
    'OBR|1||F1^LAB|24323-8^Panel^LN|||20260102100000+0000||||||||||||||||||F',
    ...results.map((each, index) => `OBX|${index + 1}|${each}|||F|||20260102100000+0000`),
  ];
  const bytes = Buffer.from(segments.join('\r'));
  const [outcome] = gateway.normalize({
    bytes,
    digest: sha256(bytes),
    feed: 'hl7v2',
    receivedAt: '2026-01-02T10:06:00.000Z',
  }).outcomes;
  const entries = (outcome!.bundle ?? outcome!.draft)!['entry'] as unknown as { resource: JsonObject }[];
  const resource = entries.find((entry) => entry.resource['resourceType'] === 'Observation')!.resource;
  const lineage = outcome!.lineage().find(({ id }) => id === resource['id'])!;
  return { outcome: outcome!, observation: JSON.parse(printJson(resource)) as Record<string, never>, lineage };
}

const gateway = loadGateway({ artifacts, contracts: contractFolder() });
const normalized = (...results: readonly string[]) => normalizedBy(gateway, ...results);

const mgdl = 'NM|2345-7^Glucose^LN||99|mg/dL^^UCUM|70-110|';

describe('an amount in an allowed unit', () => {
  it('leaves in the canonical one, with the one sent beside it', () => {
    const { observation } = normalized(mgdl);
    expect(observation['valueQuantity']).toEqual({
      value: 5.5,
      unit: 'mmol/L',
      system: 'http://unitsofmeasure.org',
      code: 'mmol/L',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation',
          valueQuantity: { value: 99, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
        },
      ],
    });
  });

  it('takes its reference range with it, and the range in words says its unit', () => {
    const { observation } = normalized(mgdl);
    expect(observation['referenceRange']).toMatchObject([
      { low: { value: 3.89, code: 'mmol/L' }, high: { value: 6.11, code: 'mmol/L' }, text: '70-110 mg/dL' },
    ]);
  });

  it('has lineage for every leaf, with what was done', () => {
    const { observation, lineage } = normalized(mgdl);
    const elements = new Set(lineage.leaves.map(({ element }) => element));
    const leaves = leavesOf(observation).filter((leaf) => !/^(resourceType|id|meta\b)/.test(leaf));
    expect(leaves.filter((leaf) => !elements.has(leaf))).toEqual([]);
    expect([...elements].filter((element) => !leaves.includes(element))).toEqual([]);
    const value = lineage.leaves.find(({ element }) => element === 'valueQuantity.value');
    expect(value?.from[0]?.path).toBe('OBX-5[1]');
    expect(value?.conversions).toContainEqual({ kind: 'convert', by: 'mg/dL to mmol/L', because: 'glucose@1.0.0' });
  });

  it('is told of, and its range is looked at in the canonical unit', () => {
    const { outcome } = normalized(mgdl);
    expect(outcome.report.issues.map(({ code }) => code)).toContain('contract.unit-converted');
    const implausible = normalized('NM|2345-7^Glucose^LN||2000|mg/dL^^UCUM||').outcome;
    expect(implausible.disposition).toBe('quarantine');
    expect(implausible.report.decidedBy).toBe('contract.implausible');
  });
});

it('an amount with a comparator keeps it, on both sides', () => {
  const { observation } = normalized('SN|2345-7^Glucose^LN||<^18|mg/dL^^UCUM||');
  expect(observation['valueQuantity']).toMatchObject({
    comparator: '<',
    value: 1,
    extension: [{ valueQuantity: { comparator: '<', value: 18 } }],
  });
});

it('an amount in the canonical unit, in one that is not allowed, or of another analyte stays as it is', () => {
  for (const sent of ['5.5|mmol/L^^UCUM', '99|kg^^UCUM'])
    expect(normalized(`NM|2345-7^Glucose^LN||${sent}||`).observation['valueQuantity']).not.toHaveProperty('extension');
  const other = normalized('NM|718-7^Hemoglobin^LN||13.2|g/dL^^UCUM||').observation;
  expect(other['valueQuantity']).toMatchObject({ value: 13.2, code: 'g/dL' });
});

it('a unit that only its text tells gets its code; nothing else is changed', () => {
  const { observation, lineage } = normalized('NM|2345-7^Glucose^LN||5.5|MMOL/L||');
  expect(observation['valueQuantity']).toEqual({
    value: 5.5,
    unit: 'MMOL/L',
    system: 'http://unitsofmeasure.org',
    code: 'mmol/L',
  });
  const code = lineage.leaves.find(({ element }) => element === 'valueQuantity.code');
  expect(code).toMatchObject({
    from: [{ path: 'OBX-6' }],
    rule: 'contracts/glucose#glucose',
    version: 'glucose@1.0.0',
  });
});

it('an amount in an allowed unit stays as it is where the contract does not want it converted, and is told of', () => {
  const folder = contractFolder(glucose.replace('convert: true, ', ''));
  const { observation, outcome } = normalizedBy(loadGateway({ artifacts, contracts: folder }), mgdl);
  expect(observation['valueQuantity']).toMatchObject({ value: 99, code: 'mg/dL' });
  expect(outcome.report.issues.map(({ code }) => code)).toContain('contract.unit-not-canonical');
});

describe('what a contract says of units', () => {
  const faultsOf = (text: string): string[] => {
    const loaded = loadContracts(contractFolder(text));
    return unitFaults(loaded.contracts, loaded, convertUnit);
  };

  it('stands as shipped', () => {
    expect(unitFaults(loadContracts().contracts, loadContracts(), convertUnit)).toEqual([]);
    expect(faultsOf(glucose)).toEqual([]);
  });

  it('is refused where a unit does not convert', () => {
    expect(faultsOf(glucose.replace('molarMass: 180.156, ', ''))).toEqual([
      expect.stringMatching(/^glucose@1\.0\.0: glucose allows mg\/dL, which does not convert to mmol\/L\. /),
      expect.stringMatching(/ allows g\/L, /),
    ]);
  });

  it('is refused where nobody answers for the extension that holds what was sent', () => {
    const loaded = loadContracts();
    expect(unitFaults(loaded.contracts, { extensions: [] }, convertUnit)).toEqual([
      expect.stringContaining('iso21090-PQ-translation is not registered'),
    ]);
  });
});

/** The paths of all leaves of a JSON value, as lineage writes them. */
function leavesOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => leavesOf(item, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, path === '' ? key : `${path}.${key}`));
}
