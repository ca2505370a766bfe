import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/json.js';
import { openPackage } from './fhir-package.js';
import { readResource } from './resource-text.js';
import { tarFiles } from './tar.js';
import { validateOperation } from './validate-operation.js';
import { ValidationService } from './validation-service.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function tarEntry(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  header.write('ustar', 257);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const profile = {
  resourceType: 'StructureDefinition',
  url: 'urn:x:profile',
  version: '1.0.0',
  type: 'Patient',
  kind: 'resource',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  differential: { element: [{ path: 'Patient.birthDate', min: 1 }] },
};

const archive = Buffer.concat([
  tarEntry('package/package.json', bytesOf({ name: 'x.profiles', version: '1.0.0', dependencies: {} })),
  tarEntry('package/StructureDefinition-x.json', bytesOf(profile)),
  Buffer.alloc(1024),
]);
writeFileSync(join(folder, 'x.profiles-1.0.0.tgz'), gzipSync(archive));

const service = new ValidationService(folder, () => '2026-01-31T08:00:00.000Z');
const limit = 1_000_000;

const validate = (body: unknown, query?: string): string[] => {
  const outcome = validateOperation(bytesOf(body), query, service, limit) as { issue: JsonObject[] };
  return outcome.issue.map(
    ({ severity, expression }) => `${String(severity as string)} ${String((expression as string[] | undefined)?.[0])}`,
  );
};

const patient = { resourceType: 'Patient', name: [{ text: 'Nora' }] };
const parameters = (...more: readonly object[]) => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'resource', resource: patient }, ...more],
});
const asked = { name: 'profile', valueUri: 'urn:x:profile' };

describe('A FHIR package', () => {
  it('gives its resources by URL, with and without version', () => {
    const content = openPackage(join(folder, 'x.profiles-1.0.0.tgz'));
    expect(content).toMatchObject({ name: 'x.profiles', version: '1.0.0', dependencies: [] });
    expect(content.get('urn:x:profile')).toEqual(profile);
    expect(content.get('urn:x:profile|1.0.0')).toEqual(profile);
    expect(content.get('urn:x:profile|2')).toBeUndefined();
  });

  it('that is cut short gives what is whole', () => {
    expect([...tarFiles(archive.subarray(0, 1100)).keys()]).toEqual(['package/package.json']);
  });

  it('that is not there is told of', () => {
    expect(() => openPackage(join(folder, 'none.tgz'))).toThrow(/no FHIR package/);
    expect(service.missing(['x.profiles#1.0.0', 'x.profiles#9'])).toEqual(['x.profiles#9']);
  });
});

describe('$validate', () => {
  it('takes a resource as it is, or in Parameters', () => {
    expect(validate(patient)).toEqual(['information undefined']);
    expect(validate(parameters())).toEqual(['information undefined']);
    expect(validate({ ...patient, active: 1 })).toEqual(['error Patient.active']);
  });

  it('validates against a profile of a package', () => {
    expect(validate(parameters(asked, { name: 'ig', valueString: 'x.profiles#1.0.0' }))).toEqual(['error Patient']);
  });

  it('knows the canonical profiles of the project', () => {
    const canonical = 'http://concord.example.org/fhir/StructureDefinition/canonical-patient';
    expect(validate(patient, canonical)).toEqual(expect.arrayContaining(['error Patient']));
    expect(validate(patient, `${canonical}|1.0.0`)).toEqual(expect.arrayContaining(['error Patient.name[0]']));
  });

  it('does not take another version of a profile for the one that is asked for', () => {
    const canonical = 'http://concord.example.org/fhir/StructureDefinition/canonical-location';
    const location = { resourceType: 'Location', name: 'Ward' };
    expect(validate(location, `${canonical}|1.0.0`)).toEqual(['information undefined']);
    expect(validate(location, `${canonical}|1.0`)).toEqual(['information undefined']);
    expect(validate(location, `${canonical}|9.0.0`)).toEqual(['error Location']);
    expect(validate({ ...location, meta: { profile: [`${canonical}|9.0.0`] } })).toEqual(['warning Location']);
  });

  it('forgets what one request brought before the next', () => {
    const brought = { name: 'supporting', resource: profile };
    expect(validate(parameters(asked, brought))).toEqual(['error Patient']);
    expect(validate(parameters(asked))).toEqual(['error Patient']);
    const other = { ...profile, differential: { element: [{ path: 'Patient.name', max: '0' }] } };
    expect(validate(parameters(asked, brought, { name: 'supporting', resource: other }))).toEqual(['error Patient']);
  });

  it('tells what is wrong with the text: what is no JSON, what comes twice', () => {
    expect(validate('{"resourceType": "Patient",')).toEqual(['fatal undefined']);
    expect(validate('[]')).toEqual(['fatal undefined']);
    expect(validate('{"resourceType":"Patient","active":true,"active":true}')).toEqual(['error Patient.active']);
  });

  it('reads what has comments without them, and tells each before what it stands', () => {
    const commented = '{ "resourceType": "Patient", /* who */ "active": true, "name": [{ "text": "a//b" }] // end\n}';
    expect(validate(commented)).toEqual(['error Patient.active', 'error Patient']);
  });

  it('tells the line, the column and the id of the reference validator', () => {
    const text = '{\n  "resourceType": "Patient",\n  "name": [\n    {}, { "given": ["a", ""] }\n  ],\n  "id": "p 1"\n}';
    const extensions = (body: string) =>
      (validateOperation(bytesOf(body), undefined, service, limit) as { issue: JsonObject[] }).issue.map((issue) =>
        (issue.extension as readonly JsonObject[]).map(({ valueInteger, valueString }) => valueInteger ?? valueString),
      );
    expect(extensions(text)).toEqual(
      [
        [4, 5],
        [4, 26, 'Type_Specific_Checks_DT_Primitive_NotEmpty'],
        [6, 3],
      ].map((each) => expect.arrayContaining(each) as unknown),
    );
    const wrapped = `{ "resourceType": "Parameters", "parameter": [\n { "name": "resource", "resource": ${text} } ] }`;
    expect(extensions(wrapped)[2]).toEqual(expect.arrayContaining([7, 3]));
    const failing = '{ "resourceType": "Patient",\n "contact": [{ "gender": "male" }] }';
    expect(extensions(failing)).toEqual([[2, 14, 'http://hl7.org/fhir/StructureDefinition/Patient#pat-1']]);
  });
});

describe('The text of a resource', () => {
  it('keeps decimals as they are written', () => {
    const read = readResource(bytesOf('{"resourceType":"Observation","valueQuantity":{"value":1.50}}'), limit);
    expect(read.ok && JSON.stringify(read.value)).toContain('1.5');
    expect(read).toMatchObject({ ok: true, value: { valueQuantity: { value: { text: '1.50' } } } });
  });
});
