// FHIR packages (https://confluence.hl7.org/display/FHIR/NPM+Package+Specification): the canonical resources of a .tgz or folder,
// read one by one when they are asked for.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';
import type { CanonicalSource } from '../definitions/conformance.js';
import { tarFiles } from './tar.js';

export interface FhirPackage extends CanonicalSource {
  /** All resources of these types. */
  resources(types: ReadonlySet<string>): Iterable<JsonObject>;
  readonly name: string;
  readonly version: string;
  /** `name#version` of the packages it builds on. */
  readonly dependencies: readonly string[];
}

/** File name within `package/` -> its bytes. */
type Files = ReadonlyMap<string, () => Uint8Array>;

function archiveFiles(path: string): Files {
  const files = tarFiles(unzipped(path));
  return new Map([...files].map(([name, bytes]) => [name.replace(/^package\//, ''), () => bytes]));
}

function unzipped(path: string): Uint8Array {
  try {
    return gunzipSync(readFileSync(path));
  } catch (error) {
    throw new GatewayError('incorrect', 'The package is no .tgz file, or cut short.', { cause: error });
  }
}

function folderFiles(path: string): Files {
  const inner = join(path, 'package');
  const folder = existsSync(inner) ? inner : path;
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, () => readFileSync(join(folder, name))]));
}

function parsed(name: string, bytes: Uint8Array): JsonObject {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;
  } catch (error) {
    throw new GatewayError('incorrect', `The package's ${name} is no JSON.`, { cause: error });
  }
}

/** Where the index does not say, the first lines of the resource do. */
const canonicalTypes =
  /^(StructureDefinition|ValueSet|CodeSystem|Questionnaire|Measure|Library|SearchParameter|ConceptMap)-/;

const notResources: ReadonlySet<string> = new Set(['package.json', '.index.json']);

/** Resources by canonical URL; parsed when asked for. */
class PackageContent implements FhirPackage {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  private readonly files: Files;
  private readonly byUrl: ReadonlyMap<string, string>;
  private readonly known = new Map<string, JsonObject>();
  constructor(files: Files) {
    const manifest = files.get('package.json');
    if (manifest === undefined) throw new GatewayError('incorrect', 'The package has no package.json.');
    const { name, version, dependencies } = parsed('package.json', manifest());
    this.name = typeof name === 'string' ? name : '';
    this.version = typeof version === 'string' ? version : '';
    this.dependencies = Object.entries((dependencies ?? {}) as Readonly<Record<string, string>>).map((each) =>
      each.join('#'),
    );
    this.files = files;
    this.byUrl = new Map(
      [...files.keys()].filter((file) => canonicalTypes.test(file)).flatMap((file) => this.indexed(file)),
    );
  }

  private indexed(file: string): (readonly [string, string])[] {
    const resource = this.read(file);
    const { url, version } = resource;
    if (typeof url !== 'string') return [];
    return typeof version === 'string'
      ? [
          [url, file],
          [`${url}|${version}`, file],
        ]
      : [[url, file]];
  }

  private read(file: string): JsonObject {
    const known = this.known.get(file);
    if (known !== undefined) return known;
    const resource = parsed(file, this.files.get(file)!());
    this.known.set(file, resource);
    return resource;
  }

  *resources(types: ReadonlySet<string>): Iterable<JsonObject> {
    for (const [name, bytes] of this.files) {
      if (!/^[^/]+\.json$/.test(name) || notResources.has(name)) continue;
      const resource = parsed(name, bytes());
      const { resourceType } = resource;
      if (typeof resourceType === 'string' && types.has(resourceType)) yield resource;
    }
  }

  get(url: string): JsonObject | undefined {
    const file = this.byUrl.get(url);
    return file === undefined ? undefined : this.read(file);
  }
}

/**
 * Opens a package: a `.tgz` as registries give it, or an unpacked folder (FHIR cache).
 *
 * @throws GatewayError `not-found` when nothing stands at the path, `incorrect` when it is no package.
 */
export function openPackage(path: string): FhirPackage {
  if (!existsSync(path)) throw new GatewayError('not-found', 'There is no FHIR package at that path.');
  return new PackageContent(statSync(path).isDirectory() ? folderFiles(path) : archiveFiles(path));
}

/** The path of `name#version` in a folder of packages; undefined when it is not there. */
export function packagePath(folder: string, id: string): string | undefined {
  const [name = '', version = ''] = id.split('#');
  if (!/^[\w.-]+$/.test(name) || !/^[\w.-]*$/.test(version)) return undefined;
  return [`${name}-${version}.tgz`, `${name}#${version}`, `${name}.tgz`]
    .map((each) => join(folder, each))
    .find((each) => existsSync(each));
}
