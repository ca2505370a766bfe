// A laboratory with codes of its own, as a site beside the example's: what it has no row for is held.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';

export const testsSystem = 'http://eastlab.example.org/tests';

const feed = `name: eastlab
title: Eastlab, results
owner: Interface team
format: hl7v2
mapping: eastlab@1.0.0
zone: America/Chicago
authority: urn:oid:2.999.60
namespaces: { ELAB: { uri: urn:oid:2.999.60.1, name: Eastlab } }
codeSystems: { L: ${testsSystem} }
`;

const manifest = `package: eastlab
version: 1.0.0
owner: Interface team
format: hl7v2
extends: hl7v2@1.0.0
description: Eastlab sends test codes of its own, and nothing goes on without their meaning.
changelog: [{ version: 1.0.0, date: 2026-11-29, change: First release. }]
`;

const results = `module: eastlab/results
extends: hl7v2/OBX[Observation]@1.0.0
rules:
  - id: code
    override: true
    from: OBX-3
    to: code
    use: CWE[CodeableConcept]
    translate: { map: eastlab-tests, unmapped: hold }
`;

const conceptMap = {
  resourceType: 'ConceptMap',
  id: 'eastlab-tests',
  url: 'http://eastlab.example.org/ConceptMap/eastlab-tests',
  version: '1.0.0',
  name: 'eastlab-tests',
  status: 'active',
  group: [
    {
      source: testsSystem,
      target: 'http://loinc.org',
      element: [{ code: 'K', target: [{ code: '2823-3', equivalence: 'equivalent' }] }],
    },
  ],
};

/** Makes the site in a folder of its own. */
export function eastlabSite(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'concord-eastlab-'));
  cpSync(join(packageRoot, 'examples/site'), folder, { recursive: true });
  const own = join(folder, 'packages/eastlab');
  mkdirSync(join(own, 'valuesets'), { recursive: true });
  writeFileSync(join(folder, 'feeds/eastlab.yaml'), feed);
  writeFileSync(join(own, 'package.yaml'), manifest);
  writeFileSync(join(own, 'results.yaml'), results);
  writeFileSync(join(own, 'valuesets/eastlab-tests.json'), JSON.stringify(conceptMap));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A result of one test. */
export const result = (control: string, code: string, display: string): string =>
  [
    `MSH|^~\\&|ELIS|ELAB|CONCORD|HIE|20260214101500||ORU^R01^ORU_R01|${control}|P|2.5.1`,
    'PID|1||P200^^^ELAB^MR||Berg^Anna||19700102|F',
    `OBR|1||${control}^ELAB|CHEM^Chemistry^L|||20260214093000|||||||||||||||20260214101000|||F`,
    `OBX|1|NM|${code}^${display}^L||5.4|mmol/L^^UCUM||||F|F`,
  ].join('\r');
