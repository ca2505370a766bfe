// Puts the core together from this installation's files: definitions, dictionaries, code maps, packages and feeds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingFunctions } from '../mappings/functions/index.js';
import { linkPackage, type MappingProgram } from '../mappings/link/program.js';
import { GatewayError } from '../model/error.js';
import type { Feed } from '../model/feed.js';
import type { Pins } from '../model/release.js';
import { createGateway, type Gateway } from '../pipeline/gateway.js';
import type { Release } from '../pipeline/release.js';
import { mapsUsed, type IrPackage } from '../mappings/language/ir.js';
import { writtenBy, type WrittenContent } from '../pipeline/contracts/written.js';
import { packageAndBase, unownedElements, unregisteredExtensions } from '../pipeline/contracts/governed.js';
import { mergeTerms } from '../pipeline/contracts/merge-terms.js';
import { compileClaims } from '../pipeline/profiles/claims.js';
import { codingStates } from '../terminology/coding-state.js';
import { compileCodings, untoldCodings } from '../pipeline/codings/codings.js';
import type { InstalledTerminology } from './terminology/installed-editions.js';
import { compileCanonicalUnits } from '../pipeline/units/canonical-units.js';
import { compileContracts } from '../validation/contracts/compile.js';
import { compileConformance } from '../validation/contracts/conformance.js';
import { profilesAsked } from '../validation/contracts/contract.js';
import { compileValidator } from '../validation/validator.js';
import type { CodeMaps } from '../terminology/code-map.js';
import { MapsOfFeeds } from './codemaps/maps-of-feeds.js';
import { contractRelease, contractsOf, loadContracts } from './contracts/contract-files.js';
import { loadProfiles } from './definitions/canonical-profiles.js';
import { artifactDigest, artifactNames, loadManifest, packageRoot } from './definitions/artifacts.js';
import { convertUnit } from './definitions/unit-conversion.js';
import { loadCodeMaps } from './definitions/code-maps.js';
import { loadDefinitions } from './definitions/fhir-definitions.js';
import { loadHl7v2Dictionary } from './definitions/hl7v2-dictionary.js';
import { loadFeeds } from './feeds/feed-files.js';
import { siteFeeds, sitePackages } from './site.js';
import { describe, loadCompiled, type Artifacts, type CompiledPackage } from './packages/compiler.js';
import { packageNames } from './packages/package-source.js';
import { profileCheck, profilePin } from './validation/profile-check.js';

export interface CompositionOptions {
  /** Server base of fullUrls; default `http://localhost:8080/fhir`. */
  readonly base?: string;
  readonly feeds?: string;
  /** A folder of contracts in the place of the shipped ones. */
  readonly contracts?: string;
  /** Packages compiled by the caller; they go before those that the build compiled. */
  readonly packages?: readonly CompiledPackage[];
  /** A site's folder: its own feeds and packages beside the shipped ones (adapters/site.ts). */
  readonly site?: string | undefined;
  /** What codings are asked of; absent: nothing is. */
  readonly terminology?: InstalledTerminology;
  /** Loaded by the caller already. */
  readonly artifacts?: Artifacts;
  /** Code maps that feeds have of their own; none when absent. A feed runs on what stands there when a message comes. */
  readonly mapsOfFeeds?: MapsOfFeeds;
}

export const loadArtifacts = (): Artifacts => ({
  definitions: loadDefinitions(),
  dictionary: loadHl7v2Dictionary(),
  codeMaps: loadCodeMaps(),
});

/** The gateway's core on the shipped artifacts. Synchronous; packages are linked when a feed first needs them. */
export function loadGateway({
  base = 'http://localhost:8080/fhir',
  feeds,
  contracts: contractFolder,
  packages = [],
  site,
  terminology,
  artifacts = loadArtifacts(),
  mapsOfFeeds = new MapsOfFeeds(),
}: CompositionOptions = {}): Gateway {
  const validate = compileValidator(artifacts.definitions);
  const contracts = loadContracts(contractFolder);
  const profiles = loadProfiles();
  const check = profileCheck(
    profiles,
    contracts.extensions.map(({ url }) => url),
  );
  const claimable = new Set(profilesAsked(contracts.contracts));
  const programOf = programs(artifacts, [...packages, ...sitePackages(site, artifacts)]);
  const states = terminology === undefined ? undefined : codingStates(terminology.content);
  const release = (feed: Feed, mapping: string, own: CodeMaps): Release => {
    const { program, codeMaps, digest } = programOf(mapping, own);
    const kept = contractsOf(feed.name, contracts);
    const written = writtenContent(program.package, artifacts);
    const contract = compileContracts({
      contracts: kept,
      convert: convertUnit,
      unregistered: unregisteredExtensions(written, contracts),
      unowned: unownedElements(written, contracts),
    });
    const asked = profilesAsked(kept);
    const claims = compileClaims(compileConformance(kept, check), claimable);
    const terms = mergeTerms([feed.name, ...packageAndBase(program.package)], kept, contracts.ownership, claims);
    const profilesPin = profilePin(asked, profiles);
    const pins = {
      ...pinsOf({ feed, program, codeMaps, digest, contract: contractRelease(kept, contracts) }),
      ...displayPin(feed, terminology),
      ...(profilesPin !== undefined && { profiles: profilesPin }),
    };
    const canonicalUnits = compileCanonicalUnits(kept, convertUnit);
    const codings = states === undefined ? untoldCodings : compileCodings(states, feed.displays);
    return { feed, program, codeMaps, validate, contract, canonicalUnits, codings, terms, base, pins };
  };
  const remembered = new WeakMap<CodeMaps, Map<string, Release>>();
  return createGateway({
    feeds: new Map([...loadFeeds(feeds), ...siteFeeds(site)]),
    dictionary: artifacts.dictionary,
    release(feed, { mapping = feed.mapping, codeMaps = mapsOfFeeds.of(feed.name) }) {
      let known = remembered.get(codeMaps);
      if (known === undefined) remembered.set(codeMaps, (known = new Map<string, Release>()));
      const key = `${feed.name} ${mapping}`;
      let found = known.get(key);
      if (found === undefined) known.set(key, (found = release(feed, mapping, codeMaps)));
      return found;
    },
  });
}

/** What a package can write, told by its rules. */
export const writtenContent = (ir: IrPackage, { definitions }: Artifacts): WrittenContent =>
  writtenBy(ir, (type) => definitions.type(type)?.kind === 'resource');

interface LinkedPackage {
  readonly program: MappingProgram;
  readonly codeMaps: CodeMaps;
  readonly digest: string;
}

/** Programs of packages by their pin, linked once; with code maps of a feed's own they are linked for it. */
function programs(
  artifacts: Artifacts,
  given: readonly CompiledPackage[],
): (pin: string, own: CodeMaps) => LinkedPackage {
  const linked = new Map<string, LinkedPackage>();
  return (pin, own) => {
    if (own.size > 0) return linkPin(pin, own, artifacts, given);
    let found = linked.get(pin);
    if (found === undefined) linked.set(pin, (found = linkPin(pin, own, artifacts, given)));
    return found;
  };
}

function linkPin(pin: string, own: CodeMaps, artifacts: Artifacts, given: readonly CompiledPackage[]): LinkedPackage {
  const compiled = given.find(({ ir }) => pinOf(ir) === pin) ?? installed(pin);
  const codeMaps = new Map([...(compiled.codeMaps ?? artifacts.codeMaps), ...own]);
  return { program: linkCompiled({ ...compiled, codeMaps }, artifacts), codeMaps, digest: compiled.digest };
}

function installed(pin: string): CompiledPackage {
  const [name = ''] = pin.split('@');
  if (!packageNames().includes(name)) throw new GatewayError('not-found', `No mapping package "${name}" is installed.`);
  const compiled = loadCompiled(name);
  if (pinOf(compiled.ir) === pin) return compiled;
  throw new GatewayError('not-found', `${pin} is not installed; ${pinOf(compiled.ir)} is.`);
}

const pinOf = ({ name, version }: CompiledPackage['ir']): string => `${name}@${version}`;

export function linkCompiled(
  { ir, codeMaps: own }: CompiledPackage,
  { dictionary, codeMaps }: Artifacts,
): MappingProgram {
  return linkPackage(ir, {
    description: describe(dictionary, ir.format, ir.files),
    functions: mappingFunctions,
    codeMaps: own ?? codeMaps,
  });
}

/** Displays of code systems are part of what leaves: so is where they come from. */
const displayPin = ({ displays = 'keep' }: Feed, terminology: InstalledTerminology | undefined): Partial<Pins> =>
  displays === 'keep' || terminology === undefined ? {} : { terminology: terminology.digest() };

interface Pinned extends LinkedPackage {
  readonly feed: Feed;
  readonly contract: string;
}

function pinsOf({ feed, program: { package: ir }, codeMaps, digest, contract }: Pinned): Pins {
  const used = mapsUsed(ir).flatMap((name) => codeMaps.get(name) ?? []);
  return {
    feed: feed.name,
    mapping: { name: ir.name, version: ir.version, digest },
    codeMaps: Object.fromEntries(used.map((map) => [`${map.name}@${map.version}`, map.digest])),
    definitions: artifactDigest(loadManifest(), artifactNames.definitions),
    contract,
    engine,
  };
}

/** `concord@0.1.0` */
const engine = ((): string => {
  const { name, version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${name}@${version}`;
})();
