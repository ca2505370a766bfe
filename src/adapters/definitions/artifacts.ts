// The files the build writes to generated/: their names, their shapes, and where they stand. Written by build/compile.ts,
// read here; nothing else knows the names.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayError } from '../../model/error.js';
import type { TypeModel } from '../../model/definitions.js';
import type { StructureModel } from '../../model/structure.js';
import type { SearchParameterModel } from '../../validation/profiles/registry.js';

/** generated/definitions-r4.json */
export interface DefinitionsFile {
  readonly fhirVersion: string;
  readonly types: readonly TypeModel[];
  /** Value set URL -> code system -> codes, of every required binding that can be enumerated. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** generated/structures-r4.json and generated/profiles-r4.json: trees of rules by canonical URL. */
export type StructuresFile = Readonly<Record<string, StructureModel>>;

/** A value set as the build writes it: its composition, or its codes by system. */
export interface CompactValueSet {
  readonly compose?: object;
  readonly codes?: Readonly<Record<string, readonly string[]>>;
}

/** generated/value-sets-r4.json: by canonical URL. */
export type ValueSetsFile = Readonly<Record<string, CompactValueSet>>;

/** generated/search-parameters-r4.json: type and bases by canonical URL. */
export type SearchParametersFile = Readonly<Record<string, SearchParameterModel>>;

/** What one step of the build read and wrote. */
export interface StepRecord {
  /** SHA-256 over everything the step reads: it runs again when this changes. */
  readonly inputs: string;
  /** SHA-256 of each file it wrote, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** generated/manifest.json: written last, so that its presence says the build is whole. */
export interface Manifest {
  readonly steps: Readonly<Record<string, StepRecord>>;
}

export const artifactNames = {
  definitions: 'definitions-r4.json',
  hl7v2Dictionary: 'hl7v2-dictionary.json',
  terminology: 'terminology-r4.json',
  structures: 'structures-r4.json',
  profiles: 'profiles-r4.json',
  valueSets: 'value-sets-r4.json',
  searchParameters: 'search-parameters-r4.json',
  terminologyContent: 'terminology-content.ndjson',
  terminologyIndex: 'terminology-index.json',
  manifest: 'manifest.json',
} as const;

/** The folder that holds package.json: two levels differ between src/ (tests) and dist/src/ (the build). */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new GatewayError('fault', 'No package.json stands above the program.');
  return findRoot(parent);
}

export const artifactPath = (name: string): string => join(packageRoot, 'generated', name);

/**
 * Reads a generated file.
 *
 * @throws GatewayError `not-found` when the build has not been run, `fault` when the file is not what the build writes.
 */
export function readArtifact<T>(name: string): T {
  const path = artifactPath(name);
  if (!existsSync(path)) throw new GatewayError('not-found', `generated/${name} is missing: run \`npm run build\`.`);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new GatewayError('fault', `generated/${name} cannot be read: run \`npm run build\`.`, { cause });
  }
}

export const loadManifest = (): Manifest => readArtifact<Manifest>(artifactNames.manifest);

/** The SHA-256 of a generated file, as the manifest has it. */
export function artifactDigest(manifest: Manifest, name: string): string {
  const digest = Object.values(manifest.steps).find(({ files }) => Object.hasOwn(files, name))?.files[name];
  if (digest === undefined) throw new GatewayError('not-found', `generated/${name} is not in the manifest.`);
  return digest;
}

/** SHA-256 in lower-case hex. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
