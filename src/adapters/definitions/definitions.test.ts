import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isCodeOf } from '../../terminology/systems/code-system.js';
import { artifactDigest, artifactNames, loadManifest } from './artifacts.js';
import { loadCodeMaps } from './code-maps.js';
import { definitionsOf, loadDefinitions } from './fhir-definitions.js';
import { loadHl7v2Dictionary } from './hl7v2-dictionary.js';
import { loadTerminology } from './terminology.js';

const folder = mkdtempSync(join(tmpdir(), 'code-maps-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the compiled definitions', () => {
  const definitions = loadDefinitions();

  it('hold every type with its elements', () => {
    expect(definitions.fhirVersion).toBe('4.0.1');
    expect(definitions.type('Patient')?.elements.map(({ name }) => name)).toContain('birthDate');
    expect(definitions.type('Patient.contact')?.kind).toBe('backbone');
    expect(definitions.type('NoSuchType')).toBeUndefined();
  });

  it('hold the codes of required bindings by system', () => {
    const codes = definitions.codes('http://hl7.org/fhir/ValueSet/administrative-gender');
    expect([...(codes?.get('http://hl7.org/fhir/administrative-gender') ?? [])]).toEqual([
      'male',
      'female',
      'other',
      'unknown',
    ]);
  });

  it('say nothing of value sets that cannot be enumerated', () => {
    const sets = ['http://hl7.org/fhir/ValueSet/ucum-units', 'http://hl7.org/fhir/ValueSet/mimetypes', 'toString'];
    expect(sets.map((url) => definitions.codes(url))).toEqual([undefined, undefined, undefined]);
  });

  it('make a set of codes once', () => {
    const made = definitionsOf({ fhirVersion: '4.0.1', types: [], codes: { set: { system: ['a'] } } });
    expect(made.codes('set')).toBe(made.codes('set'));
  });
});

describe('the generated files', () => {
  it('are in the manifest with their digests', () => {
    const manifest = loadManifest();
    const files = [artifactNames.definitions, artifactNames.terminology, artifactNames.hl7v2Dictionary];
    for (const name of files) expect(artifactDigest(manifest, name)).toMatch(/^[0-9a-f]{64}$/);
    expect(() => artifactDigest(manifest, 'nothing.json')).toThrow('generated/nothing.json is not in the manifest.');
  });

  it('hold the HL7 v2 dictionary', () => {
    expect(loadHl7v2Dictionary().segments.PID).toMatch(/^\S+ /);
  });

  it('hold displays of HL7 and FHIR code systems', () => {
    const systems = loadTerminology();
    expect(systems.get('http://terminology.hl7.org/CodeSystem/v2-0203')?.display('MR')).toBe('Medical record number');
    expect(systems.get('http://hl7.org/fhir/observation-status')?.display('final')).toBe('Final');
  });
});

describe('code maps of a folder', () => {
  it('are those of valuesets/, whose targets are codes of their systems', () => {
    const systems = loadTerminology();
    const wrong = [...loadCodeMaps().values()].flatMap((map) =>
      map
        .targets()
        .filter(({ code, system }) => isCodeOf(systems, system, code) === false)
        .map(({ row }) => `${map.name} ${row}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are refused with the file that is wrong', () => {
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(() => loadCodeMaps(folder)).toThrow(/broken\.json is not JSON\.$/);
    writeFileSync(join(folder, 'broken.json'), '[]');
    expect(() => loadCodeMaps(folder)).toThrow(/broken\.json is not a JSON object\.$/);
  });
});
