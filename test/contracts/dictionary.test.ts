// The dictionary from its files, and contracts that name its concepts.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { contractFolder, loadContracts } from '../../src/adapters/contracts/contract-files.js';
import { sha256 } from '../../src/adapters/definitions/artifacts.js';
import { dictionaryDigest, loadDictionary, shippedDictionary } from '../../src/adapters/dictionary/dictionary-files.js';
import { shippedTerminology } from '../../src/adapters/terminology/installed-editions.js';
import { dictionaryOf } from '../../src/terminology/dictionary/dictionary.js';

const artifacts = loadArtifacts();
const terminology = shippedTerminology();

function folderWith(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'concord-dictionary-'));
  writeFileSync(join(folder, name), text);
  return folder;
}
const dictionaryFrom = (text: string) => loadDictionary(() => terminology.content, folderWith('d.yaml', text));

const head = 'owner: o, definition: d';
const glucose = `concepts:
  - id: lab.glucose
    name: Glucose
    kind: measurement
    status: active
    owner: Clinical data stewards
    definition: Glucose in serum or plasma.
    codes:
      - { system: http://loinc.org, code: 14749-6 }
      - { system: http://loinc.org, code: 2345-7 }
    unit: { canonical: mmol/L, allowed: [mg/dL], molarMass: 180.156 }
  - { id: old-glucose, name: g, kind: measurement, status: retired, replacedBy: lab.glucose, ${head}, codes: [{ system: http://loinc.org, code: 2345-7 }], unit: { canonical: mmol/L } }
  - { id: new-glucose, name: g, kind: measurement, status: draft, ${head}, codes: [{ system: http://loinc.org, code: 2345-7 }], unit: { canonical: mmol/L } }
  - { id: panel, name: g, kind: panel, status: active, ${head}, codes: [{ system: http://loinc.org, code: 24323-8 }], members: [lab.glucose] }
`;

/** A contract on one quantity, which stands in line 11. */
const contractText = (quantity: string, more = ''): string => `apiVersion: v3.0.2
kind: DataContract
id: glucose
version: 1.0.0
status: active
description: { purpose: p }
team: [{ name: n, role: owner }]
schema:
  - name: Observation
    measurements:
      - quantities: [{ ${quantity} }]
${more}`;
const named = 'concept: lab.glucose, unit: { convert: true, onViolation: warn }';
const contractsFrom = (text: string) => loadContracts(folderWith('c.yaml', text), dictionaryFrom(glucose));

describe('a dictionary in its files', () => {
  it('is read, by id', () => {
    const { concepts, concept } = dictionaryFrom(glucose);
    expect(concepts.map(({ id }) => id)).toEqual(['lab.glucose', 'new-glucose', 'old-glucose', 'panel']);
    expect(concept('lab.glucose')).toMatchObject({ name: 'Glucose', unit: { molarMass: 180.156 } });
    expect(concept('unheard-of')).toBeUndefined();
  });

  it('is empty where there is none', () => {
    expect(loadDictionary(() => terminology.content, join(tmpdir(), 'there-is-none')).concepts).toEqual([]);
  });

  it('stands as shipped, with the codes of blood pressure and lab results', () => {
    const shipped = shippedDictionary();
    expect(shipped.concept('blood-pressure')?.members).toEqual(['blood-pressure.systolic', 'blood-pressure.diastolic']);
    expect(shipped.concepts.every(({ status }) => status === 'active')).toBe(true);
  });

  it.each([
    ['an unknown key', glucose.replace('name: Glucose', 'nom: Glucose'), /^d\.yaml:3 .*unknown key "nom"/m],
    ['no owner', glucose.replace('    owner: Clinical data stewards\n', ''), /^d\.yaml:2 .*required property 'owner'/],
    ['an unknown status', glucose.replace('status: active', 'status: lively'), /^d\.yaml:5 .*: draft, active, retired/],
    ['an id in capitals', glucose.replace('id: lab.glucose', 'id: LAB'), /^d\.yaml:2 .*must match pattern/],
    [
      'a LOINC code that is none',
      glucose.replace('14749-6', '14749-5'),
      /^d\.yaml:9 14749-5 is no LOINC code.*Correct the code/,
    ],
    [
      'a unit that is no UCUM',
      glucose.replace('allowed: [mg/dL]', 'allowed: [mg/dL, drops]'),
      /^d\.yaml:11 drops is no UCUM code/,
    ],
    [
      'a unit that does not convert',
      glucose.replace(', molarMass: 180.156', ''),
      /^d\.yaml:11 mg\/dL does not convert to mmol\/L\. .*molarMass/,
    ],
    [
      'a code of two active concepts',
      glucose.replace('status: draft', 'status: active'),
      /^d\.yaml:13 The code 2345-7 is one of lab\.glucose already/,
    ],
    [
      'a replacement that is not there',
      glucose.replace('replacedBy: lab.glucose', 'replacedBy: lost'),
      /^d\.yaml:12 old-glucose is replaced by lost/,
    ],
    ['text that is no YAML', 'concepts: [', /^d\.yaml: /],
  ])('is refused with place and mend: %s', (_name, text, reason) => {
    expect(() => dictionaryFrom(text)).toThrow(reason);
  });

  it('is looked up in the code systems that are installed', () => {
    const text = `concepts:
  - { id: inpatient, name: i, kind: coded, status: active, ${head}, codes: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: CODE }] }
`;
    expect(dictionaryFrom(text.replace('CODE', 'IMP')).concepts).toHaveLength(1);
    expect(() => dictionaryFrom(text.replace('CODE', 'IMPP'))).toThrow(/^d\.yaml:2 IMPP is no code of \S+v3-ActCode\|/);
  });
});

describe('a contract that names a concept', () => {
  it('has its codes and units', () => {
    const [contract] = contractsFrom(contractText(named)).contracts;
    expect(contract?.schema?.[0]?.measurements?.[0]?.quantities).toEqual([
      {
        name: 'glucose',
        code: {
          ...{ concept: 'lab.glucose', system: 'http://loinc.org', code: '14749-6' },
          others: [{ system: 'http://loinc.org', code: '2345-7' }],
        },
        unit: { canonical: 'mmol/L', allowed: ['mg/dL'], molarMass: 180.156, convert: true, onViolation: 'warn' },
      },
    ]);
  });

  it('says the same of blood pressure as its codes and units would', () => {
    const contract = loadContracts().contracts.find(({ id }) => id === 'blood-pressure');
    expect(contract?.schema?.[0]?.measurements).toMatchObject([
      {
        panel: { system: 'http://loinc.org', code: '85354-9' },
        quantities: [
          {
            name: 'systolic',
            code: { code: '8480-6' },
            unit: { canonical: 'mm[Hg]', allowed: ['kPa'], convert: true },
          },
          { name: 'diastolic', code: { code: '8462-4' }, unit: { canonical: 'mm[Hg]', allowed: ['kPa'] } },
        ],
      },
    ]);
  });

  it.each([
    [
      'that is not there',
      contractText(named.replace('lab.glucose', 'lab.glucos')),
      /^c\.yaml:11 The dictionary has no concept lab\.glucos\. Correct it/,
    ],
    [
      'that is retired',
      contractText(named.replace('lab.glucose', 'old-glucose')),
      /^c\.yaml:11 old-glucose is retired\. Name lab\.glucose, which took its place\./,
    ],
    [
      'that is a draft',
      contractText(named.replace('lab.glucose', 'new-glucose')),
      /^c\.yaml:11 new-glucose is a draft, and the contract is active/,
    ],
    [
      'that is no measurement',
      contractText(named.replace('lab.glucose', 'panel')),
      /^c\.yaml:11 panel is of kind panel, and a measurement is wanted/,
    ],
    [
      'that is no panel',
      contractText(named, '        panel: { concept: lab.glucose }\n'),
      /^c\.yaml:12 lab\.glucose is of kind measurement, and a panel is wanted/,
    ],
    [
      'and a code beside it',
      contractText(`code: { system: http://loinc.org, code: 2345-7 }, ${named}`),
      /^c\.yaml:11 \S+\/code has no place beside the concept/,
    ],
    [
      'and a unit beside it',
      contractText(named.replace('convert: true', 'canonical: mg/dL')),
      /^c\.yaml:11 \S+\/unit\/canonical has no place beside the concept/,
    ],
  ])('%s is refused with place and mend', (_name, text, reason) => {
    expect(() => contractsFrom(text)).toThrow(reason);
  });

  it.each([
    [
      'a code without a unit',
      contractText('name: g, code: { system: http://loinc.org, code: 2345-7 }, unit: { onViolation: warn }'),
      /^c\.yaml:11 .*required property 'canonical'/,
    ],
    [
      'neither code nor concept',
      contractText('name: g, unit: { canonical: mg/dL, onViolation: warn }'),
      /^c\.yaml:11 .*required property 'code'/,
    ],
  ])('is needed where there is %s', (_name, text, reason) => {
    expect(() => contractsFrom(text)).toThrow(reason);
  });

  it('may name a draft while it is one itself', () => {
    const text = contractText(named.replace('lab.glucose', 'new-glucose')).replace('status: active', 'status: draft');
    expect(contractsFrom(text).contracts).toHaveLength(1);
  });
});

describe('a message under a contract that names a concept', () => {
  const gateway = loadGateway({
    ...{ artifacts, terminology, dictionary: dictionaryFrom(glucose) },
    contracts: folderWith('c.yaml', contractText(named)),
  });

  it.each(['14749-6', '2345-7'])('is held to it by each of its codes: %s', (code) => {
    const text = [
      'MSH|^~\\&|LAB|H|CONCORD|H|20260102100500+0000||ORU^R01^ORU_R01|1|P|2.5.1',
      'PID|1||4711^^^H^MR||Example^Ada||19800201|F',
      'OBR|1||F1^LAB|24323-8^Panel^LN|||20260102100000+0000||||||||||||||||||F',
      `OBX|1|NM|${code}^Glucose^LN||99|mg/dL^^UCUM|||||F|||20260102100000+0000`,
    ].join('\r');
    const bytes = Buffer.from(text);
    const [outcome] = gateway.normalize({
      ...{ bytes, digest: sha256(bytes), feed: 'hl7v2', receivedAt: '2026-01-02T10:06:00.000Z' },
    }).outcomes;
    expect(outcome?.report.issues.map((issue) => issue.code)).toContain('contract.unit-converted');
  });
});

describe('the release of a feed', () => {
  const pinsWith = (dictionary = shippedDictionary()) =>
    loadGateway({ artifacts, terminology, dictionary }).release('hl7v2').pins;

  it('tells which dictionary it runs on, and what its contracts took from it', () => {
    const shipped = shippedDictionary();
    const edited = dictionaryOf(
      shipped.concepts.map((each) =>
        each.id === 'blood-pressure.systolic' ? { ...each, unit: { canonical: 'kPa' } } : each,
      ),
    );
    const [before, after] = [pinsWith(), pinsWith(edited)];
    expect(before.dictionary).toBe(dictionaryDigest(shipped));
    expect(after.dictionary).not.toBe(before.dictionary);
    expect(after.contract).not.toBe(before.contract);
    expect(pinsWith(dictionaryOf([...shipped.concepts].reverse()))).toEqual(before);
  });

  it('does not stand on a dictionary that lacks what its contracts name', () => {
    expect(() => loadContracts(contractFolder, dictionaryOf([]))).toThrow(
      /^blood-pressure\.yaml:17 The dictionary has no concept blood-pressure\./,
    );
  });
});
