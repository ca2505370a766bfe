// What the installed code systems say of the codings of a message, on its whole way.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { sha256 } from '../../src/adapters/definitions/artifacts.js';
import { printJson } from '../../src/canonical/json.js';
import type { Feed } from '../../src/model/feed.js';
import type { JsonObject } from '../../src/model/json.js';
import { contentOf } from '../../src/terminology/content.js';
import { entriesOf } from '../../src/terminology/entries.js';

const artifacts = loadArtifacts();

const content = contentOf(
  entriesOf({
    resourceType: 'CodeSystem',
    url: 'http://loinc.org',
    version: '2.80',
    content: 'complete',
    property: [{ code: 'MAP_TO', type: 'code' }],
    concept: [
      { code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood', designation: [{ value: 'Hgb' }] },
      {
        code: '1-1',
        display: 'Hemoglobin, old',
        property: [
          { code: 'inactive', valueBoolean: true },
          { code: 'MAP_TO', valueCode: '718-7' },
        ],
      },
      { code: '1-2', display: 'Nobody knows', property: [{ code: 'inactive', valueBoolean: true }] },
    ],
  }),
);

function gatewayWith(displays: NonNullable<Feed['displays']>) {
  const folder = mkdtempSync(join(tmpdir(), 'concord-codings-'));
  writeFileSync(
    join(folder, 'lab.yaml'),
    `name: lab
title: Laboratory
owner: Laboratory
format: hl7v2
mapping: hl7v2@1.0.0
zone: UTC
authority: urn:oid:2.999.1
displays: ${displays}
`,
  );
  return loadGateway({ artifacts, feeds: folder, terminology: { content, digest: () => 'of these codes' } });
}

function observationOf(displays: NonNullable<Feed['displays']>, code: string) {
  const segments = [
    'MSH|^~\\&|LAB|H|CONCORD|H|20260102100500+0000||ORU^R01^ORU_R01|1|P|2.5.1',
    'PID|1||4711^^^H^MR||Example^Ada||19800201|F',
    'OBR|1||F1^LAB|24323-8^Panel^LN|||20260102100000+0000||||||||||||||||||F',
    `OBX|1|NM|${code}||13.2|g/dL^^UCUM|||||F|||20260102100000+0000`,
  ];
  const bytes = Buffer.from(segments.join('\r'));
  const gateway = gatewayWith(displays);
  const [outcome] = gateway.normalize({
    bytes,
    digest: sha256(bytes),
    feed: 'lab',
    receivedAt: '2026-01-02T10:06:00.000Z',
  }).outcomes;
  const entries = outcome!.bundle!['entry'] as unknown as { resource: JsonObject }[];
  const { resource } = entries.find((entry) => entry.resource['resourceType'] === 'Observation')!;
  const { leaves } = outcome!.lineage().find(({ id }) => id === resource['id'])!;
  const observation = JSON.parse(printJson(resource)) as { code: unknown };
  return {
    code: observation.code,
    leaf: (element: string) => leaves.find((each) => each.element === element),
    issues: outcome!.report.issues.filter((each) => each.code.startsWith('terminology.code-')),
    disposition: outcome!.disposition,
    pins: outcome!.pins,
  };
}

describe('a code that is no longer in use', () => {
  it('stays as it was sent, and lineage names what took its place', () => {
    const { code, leaf, issues } = observationOf('keep', '1-1^Old^LN');
    expect(code).toMatchObject({ coding: [{ system: 'http://loinc.org', code: '1-1', display: 'Old' }] });
    expect(leaf('code.coding[0].code')?.conversions).toContainEqual({
      kind: 'translate',
      by: 'http://loinc.org|2.80',
      because: 'inactive; 718-7 took its place',
    });
    expect(issues).toMatchObject([
      { code: 'terminology.code-replaced', severity: 'information', position: { path: 'OBX-3.1' } },
    ]);
    expect(issues[0]?.text).not.toContain('1-1');
  });

  it('is told of where nothing took its place', () => {
    const { leaf, issues } = observationOf('keep', '1-2^Old^LN');
    expect(issues.map((each) => each.code)).toEqual(['terminology.code-inactive']);
    expect(leaf('code.coding[0].code')?.conversions?.at(-1)?.because).toBe('inactive');
  });

  it('is no reason to hold a message; one in use, unknown, or of an unknown system is not told of', () => {
    expect(observationOf('keep', '1-1^Old^LN').disposition).toMatch(/^publish/);
    for (const code of ['718-7^Hgb^LN', '999-9^What^LN', 'HGB^Hemoglobin^L'])
      expect(observationOf('keep', code).issues).toEqual([]);
  });
});

describe('a display', () => {
  const named = 'Hemoglobin [Mass/volume] in Blood';

  it('stays as it was sent, unless the feed asks for another', () => {
    expect(observationOf('keep', '718-7^Hb^LN').code).toMatchObject({ coding: [{ display: 'Hb' }] });
    expect(observationOf('keep', '718-7^^LN').code).not.toHaveProperty('coding[0].display');
    expect(observationOf('keep', '718-7^Hb^LN').pins).not.toHaveProperty('terminology');
  });

  it('is filled in where there is none, and owed to the code', () => {
    const { code, leaf, pins } = observationOf('fill', '718-7^^LN');
    expect(code).toMatchObject({ coding: [{ display: named }] });
    expect(leaf('code.coding[0].display')).toMatchObject({
      from: [{ path: 'OBX-3.1' }],
      conversions: [{ kind: 'translate', by: 'http://loinc.org|2.80', because: 'display of the code system' }],
    });
    expect(pins.terminology).toBe('of these codes');
    expect(observationOf('fill', '718-7^Hb^LN').code).toMatchObject({ coding: [{ display: 'Hb' }] });
  });

  it("becomes the code system's, and the sender's words stay as the text", () => {
    const { code, leaf } = observationOf('replace', '718-7^Hb^LN');
    expect(code).toEqual({ text: 'Hb', coding: [{ system: 'http://loinc.org', code: '718-7', display: named }] });
    expect(leaf('code.text')).toMatchObject({ from: [{ path: 'OBX-3.2' }] });
    expect(leaf('code.coding[0].display')?.conversions).toHaveLength(1);
  });

  it('does not take the place of a text that is there', () => {
    const { code } = observationOf('replace', '718-7^Hb^LN^^^^^^Blood colour');
    expect(code).toMatchObject({ text: 'Blood colour', coding: [{ display: named }] });
  });
});
