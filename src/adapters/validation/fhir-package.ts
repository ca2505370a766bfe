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
  readonly name: string;
  readonly version: string;
  /** `name#version` of the packages it builds on. */
  readonly dependencies: readonly string[];
}

/** File name within `package/` -> its bytes. */
type Files = ReadonlyMap<string, () => Uint8Array>;

function archiveFiles(path: string): Files {
  const files = tarFiles(gunzipSync(readFileSync(path)));
  return new Map([...files].map(([name, bytes]) => [name.replace(/^package\//, ''), () => bytes]));
}

function folderFiles(path: string): Files {
  const inner = join(path, 'package');
  const folder = existsSync(inner) ? inner : path;
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, () => readFileSync(join(folder, name))]));
}

const parsed = (bytes: Uint8Array): JsonObject => JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;

/** Where the index does not say, the first lines of the resource do. */
const canonicalTypes =
  /^(StructureDefinition|ValueSet|CodeSystem|Questionnaire|Measure|Library|SearchParameter|ConceptMap)-/;

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
    const { name, version, dependencies } = parsed(manifest());
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
    const resource = parsed(this.files.get(file)!());
    this.known.set(file, resource);
    return resource;
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
