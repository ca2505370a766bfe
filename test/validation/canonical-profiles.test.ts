// The project's own profiles: each is sound, has an instance that passes and one that fails by its rules alone, and, where
// the shared FHIR packages stand beside this folder, keeps what US Core 6.1.0 asks for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { loadProfiles } from '../../src/adapters/definitions/canonical-profiles.js';
import { registryOf } from '../../src/adapters/definitions/conformance.js';
import { openPackage } from '../../src/adapters/validation/fhir-package.js';
import type { JsonObject } from '../../src/model/json.js';
import { fullValidator } from '../../src/validation/profiles/full-validator.js';
import { generateSnapshot } from '../../src/validation/structures/differential.js';
import { shippedDefinitions, told } from './validator.js';

const profiles = loadProfiles();
const registry = registryOf(shippedDefinitions, profiles);
const validate = fullValidator(registry);

const folder = join(packageRoot, 'test', 'fixtures', 'profiles');
const instance = (id: string, name: string): JsonObject =>
  JSON.parse(readFileSync(join(folder, id, `${name}.json`), 'utf8')) as JsonObject;

const failing = (id: string): string[] =>
  readdirSync(join(folder, id)).flatMap((file) => /^(failing[a-z-]*)\.json$/.exec(file)?.[1] ?? []);

/** The errors, as `code expression`, and the key of an invariant. */
const against = (resource: JsonObject, ...profiles: string[]): string[] =>
  validate(resource, { profiles })
    .filter(({ severity }) => severity === 'error')
    .map(({ code, expression, text }) => [code, expression, /^(\S+) does not hold/.exec(text)?.[1]].join(' ').trim());

const cases = profiles.all.map((profile) => [profile.id, profile] as const);

describe.each(cases)('%s', (id, profile) => {
  it('is a valid StructureDefinition whose differential lies over its base', () => {
    expect(told(profile, validate)).toEqual([]);
    const base = registry.structure(profile.baseDefinition)!;
    expect(generateSnapshot(profile, base, (url) => registry.structure(url)).issues).toEqual([]);
  });

  it('has an instance that passes', () => {
    expect(against(instance(id, 'passing'), profile.url)).toEqual([]);
  });

  it.each(failing(id))('has %s, which is good FHIR and fails by the profile alone', (name) => {
    expect(against(instance(id, name))).toEqual([]);
    expect(against(instance(id, name), profile.url)).toEqual(instance(id, `${name}.issues`));
  });

  it('has an instance that fails by each of its invariants', () => {
    const failed = failing(id).flatMap((name) => against(instance(id, name), profile.url));
    const keys = JSON.stringify(profile).match(/(?<="key":")[^"]+/g) ?? [];
    for (const key of keys) expect(failed.some((each) => each.endsWith(` ${key}`))).toBe(true);
  });
});

const archive = join(packageRoot, '..', 'shared', 'fhir-packages', 'hl7.fhir.us.core-6.1.0.tgz');

/** The profiles of US Core that the passing instances conform to as well; none for what R4 itself has. */
const usCore: Readonly<Record<string, string>> = {
  'canonical-allergy-intolerance': 'us-core-allergyintolerance',
  'canonical-blood-pressure': 'us-core-blood-pressure',
  'canonical-condition': 'us-core-condition-encounter-diagnosis',
  'canonical-document-reference': 'us-core-documentreference',
  'canonical-encounter': 'us-core-encounter',
  'canonical-immunization': 'us-core-immunization',
  'canonical-laboratory-report': 'us-core-diagnosticreport-lab',
  'canonical-laboratory-result': 'us-core-observation-lab',
  'canonical-location': 'us-core-location',
  'canonical-medication-request': 'us-core-medicationrequest',
  'canonical-organization': 'us-core-organization',
  'canonical-patient': 'us-core-patient',
  'canonical-practitioner': 'us-core-practitioner',
  'canonical-procedure': 'us-core-procedure',
  'canonical-service-request': 'us-core-servicerequest',
  'canonical-specimen': 'us-core-specimen',
  'canonical-vital-sign': 'us-core-body-weight',
};

describe.runIf(existsSync(archive))('beside US Core 6.1.0', () => {
  const core = openPackage(archive);
  const validateCore = fullValidator(registryOf(shippedDefinitions, core));
  const urlOf = (id: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/${usCore[id]!}`;

  it.each(cases)('what passes %s passes US Core', (id) => {
    expect(told(instance(id, 'passing'), validateCore, { profiles: [urlOf(id)] })).toEqual([]);
  });

  // Of an immunization US Core asks what R4 asks, and recommends the rest.
  it.each(cases.filter(([id]) => id !== 'canonical-immunization'))('what fails %s fails US Core', (id) => {
    expect(told(instance(id, 'failing'), validateCore, { profiles: [urlOf(id)] })).not.toEqual([]);
  });
});
