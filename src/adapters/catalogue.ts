// What this installation has to offer, in summaries: mapping packages, code maps, resource types.
import { artifactNames, readArtifact, type DefinitionsFile } from './definitions/artifacts.js';
import type { Dictionary } from '../terminology/dictionary/dictionary.js';
import { contractFolder, loadContracts, type Contracts } from './contracts/contract-files.js';
import { shippedProfiles, type CanonicalProfiles } from './definitions/canonical-profiles.js';
import { shippedDictionary } from './dictionary/dictionary-files.js';
import { loadCodeMaps } from './definitions/code-maps.js';
import { loadCompiled } from './packages/compiler.js';
import { packageNames } from './packages/package-source.js';
import { once } from './once.js';

export interface MappingSummary {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the compiled package. */
  readonly digest: string;
  readonly format: string;
  readonly owner: string;
  readonly description: string;
}

export interface CodeMapSummary {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly digest: string;
  readonly rows: number;
}

export interface Catalogue {
  mappings(): readonly MappingSummary[];
  codeMaps(): readonly CodeMapSummary[];
  contracts(): Contracts;
  /** The canonical profiles that contracts may ask for. */
  profiles(): CanonicalProfiles;
  dictionary(): Dictionary;
  /** The concrete resource types of FHIR R4. */
  resourceTypes(): readonly string[];
}

/** Each list is read from its files when it is first asked for, and kept. */
export const createCatalogue = (dictionary: () => Dictionary = shippedDictionary): Catalogue => ({
  mappings: once(() => packageNames().map(mappingSummary)),
  codeMaps: once(() =>
    [...loadCodeMaps().values()].map(({ name, version, url, digest, rows }) => ({ name, version, url, digest, rows })),
  ),
  contracts: once(() => loadContracts(contractFolder, dictionary())),
  dictionary,
  profiles: shippedProfiles,
  resourceTypes: once(concreteResourceTypes),
});

function mappingSummary(name: string): MappingSummary {
  const { ir, digest } = loadCompiled(name);
  return { name, version: ir.version, digest, format: ir.format, owner: ir.owner, description: ir.description };
}

const concreteResourceTypes = (): string[] =>
  readArtifact<DefinitionsFile>(artifactNames.definitions)
    .types.filter(({ kind, abstract }) => kind === 'resource' && abstract !== true)
    .map(({ name }) => name)
    .sort();
