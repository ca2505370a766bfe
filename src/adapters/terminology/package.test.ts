import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findSystem, findValueSet } from '../../terminology/content.js';
import type { TerminologyResource } from '../../terminology/entries.js';
import { expand } from '../../terminology/operations/expand.js';
import { plainOptions, scopeOf } from '../../terminology/scope.js';
import { openPackage } from '../validation/fhir-package.js';
import { loadPackages } from './installed-editions.js';
import { readPackage, writePackage } from './package-file.js';
import { findPackage } from './package-source.js';

const folder = mkdtempSync(join(tmpdir(), 'packages-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const resources: readonly TerminologyResource[] = [
  {
    resourceType: 'CodeSystem',
    id: 'boats',
    url: 'urn:boats',
    version: '2',
    content: 'complete',
    concept: [{ code: 'yacht', display: 'Yacht' }, { code: 'raft' }],
  },
  {
    resourceType: 'CodeSystem',
    url: 'urn:boats-de',
    content: 'supplement',
    supplements: 'urn:boats',
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/codesystem-supplement-type', valueCode: 'lang-pack' }],
    concept: [{ code: 'raft', designation: [{ language: 'de', value: 'Floß' }] }],
  },
  {
    resourceType: 'ValueSet',
    url: 'urn:all-boats',
    version: '2',
    status: 'active',
    compose: { include: [{ system: 'urn:boats' }] },
    expansion: { contains: [] },
  },
];

/** A package as the FHIR cache holds it. */
function unpacked(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name, 'package');
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return join(folder, name);
}

const manifest = JSON.stringify({ name: 'x.boats', version: '2.0.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } });
const files = Object.fromEntries(resources.map((each, index) => [`Any-${index}.json`, JSON.stringify(each)]));
const types = new Set(['CodeSystem', 'ValueSet', 'ConceptMap']);

describe('a FHIR package', () => {
  it('gives its terminology, whatever its files are called', () => {
    const other = { 'StructureDefinition-x.json': JSON.stringify({ resourceType: 'StructureDefinition' }) };
    const opened = openPackage(unpacked('whole', { 'package.json': manifest, ...files, ...other }));
    expect([...opened.resources(types)]).toEqual(resources);
    expect(opened.dependencies).toEqual(['hl7.fhir.r4.core#4.0.1']);
  });

  it('is refused where a file is damaged, and where the archive is cut short', () => {
    const damaged = unpacked('damaged', { 'package.json': manifest, 'x.json': '{"resourceType":' });
    expect(() => [...openPackage(damaged).resources(types)]).toThrow("The package's x.json is no JSON.");
    writeFileSync(join(folder, 'short.tgz'), Buffer.from([0x1f, 0x8b, 8, 0]));
    expect(() => openPackage(join(folder, 'short.tgz'))).toThrow('no .tgz file, or cut short');
  });

  it('is looked for at a registry, which may not have it', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const steps: string[] = [];
    const found = findPackage('x.no-such-package@1.0.0', registry, (step) => steps.push(step));
    await expect(found).rejects.toMatchObject({ category: 'not-found' });
    expect([asked, steps.length]).toEqual([['/x.no-such-package/1.0.0'], 1]);
    await new Promise((resolve) => server.close(resolve));
    await expect(findPackage('x.no-such-package@1.0.0', registry, () => undefined)).rejects.toMatchObject({
      category: 'unavailable',
    });
    await expect(findPackage('../secrets', registry, () => undefined)).rejects.toMatchObject({ category: 'not-found' });
  });
});

describe('an imported package', () => {
  const installed = join(folder, 'installed');
  const path = writePackage(installed, { name: 'x.boats', version: '2.0.0' }, resources);
  const content = loadPackages(installed);

  it('answers like what is shipped', () => {
    const scope = scopeOf(content, plainOptions);
    const options = { excludeNested: true, includeDesignations: false, designations: [], properties: [], limit: 9 };
    const valueSet = findValueSet(content, 'urn:all-boats')!.resource();
    expect(expand(valueSet, scope, options).codes.map(({ code }) => code)).toEqual(['yacht', 'raft']);
    expect(findSystem(content, 'urn:boats')!.defined().find('yacht')?.display).toBe('Yacht');
    expect(content.languagePacks().map(({ url }) => url)).toEqual(['urn:boats-de']);
  });

  it('is refused when it was cut short, or is something else', () => {
    const short = join(folder, 'short.package');
    writeFileSync(short, readFileSync(path));
    truncateSync(short, 400);
    expect(() => readPackage(short)).toThrow('Import it again');
    writeFileSync(short, 'something else');
    expect(() => readPackage(short)).toThrow('Import it again');
  });
});
