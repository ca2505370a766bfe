import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfiles } from './canonical-profiles.js';

const sound = {
  resourceType: 'StructureDefinition',
  id: 'named',
  url: 'urn:named',
  version: '1.0.0',
  publisher: 'Clinical data stewards',
  purpose: 'To be called by a name.',
  type: 'Patient',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: { element: [{ path: 'Patient.name', min: 1 }] },
};

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'concord-profiles-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

describe('canonical profiles', () => {
  it('are found by URL, and by URL and version', () => {
    const profiles = loadProfiles([folderWith({ 'named.json': sound, 'README.md': 'no profile' })]);
    expect(profiles.all).toEqual([sound]);
    expect(profiles.get('urn:named')).toEqual(sound);
    expect(profiles.get('urn:named|1.0.0')).toEqual(sound);
    expect(profiles.get('urn:named|2.0.0')).toBeUndefined();
  });

  it('are none where the folder is not there', () => {
    expect(loadProfiles(['/nowhere/profiles']).all).toEqual([]);
  });

  const { publisher: _owner, ...unowned } = sound;
  const { purpose: _purpose, ...aimless } = sound;
  it.each([
    ['text that is no JSON', { 'a.json': '{' }, 'profiles/a.json is not JSON.'],
    ['an owner that is missing', { 'a.json': unowned }, "must have required property 'publisher'"],
    ['a purpose that is missing', { 'a.json': aimless }, "must have required property 'purpose'"],
    ['a snapshot', { 'a.json': { ...sound, snapshot: { element: [] } } }, '/snapshot is generated: remove it.'],
    ['another resource', { 'a.json': { ...sound, resourceType: 'ValueSet' } }, '/resourceType must be equal'],
    ['a version of another form', { 'a.json': { ...sound, version: 'draft' } }, '/version must match'],
    ['two of one URL', { 'a.json': sound, 'b.json': sound }, 'There are two profiles urn:named.'],
  ])('refuse %s', (_shows, files, reason) => {
    expect(() => loadProfiles([folderWith(files)])).toThrow(reason);
  });
});
