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
import type { Dictionary } from '../terminology/dictionary/dictionary.js';
import { codingStates } from '../terminology/coding-state.js';
import { compileCodings, untoldCodings } from '../pipeline/codings/codings.js';
import { shippedTerminology, type InstalledTerminology } from './terminology/installed-editions.js';
import { compileValidator } from '../validation/validator.js';
import type { CodeMaps } from '../terminology/code-map.js';
import { MapsOfFeeds } from './codemaps/maps-of-feeds.js';
import { keptContracts, type KeptContracts } from './contracts/kept-contracts.js';
import { loadDictionary, shippedDictionary } from './dictionary/dictionary-files.js';
import { artifactDigest, artifactNames, loadManifest, packageRoot } from './definitions/artifacts.js';
import { loadCodeMaps } from './definitions/code-maps.js';
import { loadDefinitions } from './definitions/fhir-definitions.js';
import { loadHl7v2Dictionary } from './definitions/hl7v2-dictionary.js';
import { loadFeeds } from './feeds/feed-files.js';
import { siteFeeds, sitePackages } from './site.js';
import { describe, loadCompiled, type Artifacts, type CompiledPackage } from './packages/compiler.js';
import { packageNames } from './packages/package-source.js';

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
  /** Likewise; its concepts are what contracts name. */
  readonly dictionary?: Dictionary;
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
  dictionary: given,
  mapsOfFeeds = new MapsOfFeeds(),
}: CompositionOptions = {}): Gateway {
  const validate = compileValidator(artifacts.definitions);
  const keptBy = keptContracts({
    folder: contractFolder,
    dictionary: given ?? dictionaryBeside(terminology),
    definitions: artifacts.definitions,
    terminology: () => terminology ?? shippedTerminology(),
  });
  const programOf = programs(artifacts, [...packages, ...sitePackages(site, artifacts)]);
  const states = terminology === undefined ? undefined : codingStates(terminology.content);
  const release = (feed: Feed, mapping: string, own: CodeMaps): Release => {
    const { program, codeMaps, digest } = programOf(mapping, own);
    const kept = keptBy(feed, program.package, writtenContent(program.package, artifacts));
    const pins = {
      ...pinsOf({ feed, program, codeMaps, digest }),
      ...displayPin(feed, terminology),
      ...kept.pins,
    };
    const codings = states === undefined ? untoldCodings : compileCodings(states, feed.displays);
    return { ...kept, feed, program, codeMaps, validate, codings, base, pins };
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

const dictionaryBeside = (terminology: InstalledTerminology | undefined): Dictionary =>
  terminology === undefined ? shippedDictionary() : loadDictionary(() => terminology.content);

interface Pinned extends LinkedPackage {
  readonly feed: Feed;
}

/** Those that are not its contracts'. */
function pinsOf({ feed, program: { package: ir }, codeMaps, digest }: Pinned): Omit<Pins, keyof KeptContracts['pins']> {
  const used = mapsUsed(ir).flatMap((name) => codeMaps.get(name) ?? []);
  return {
    feed: feed.name,
    mapping: { name: ir.name, version: ir.version, digest },
    codeMaps: Object.fromEntries(used.map((map) => [`${map.name}@${map.version}`, map.digest])),
    definitions: artifactDigest(loadManifest(), artifactNames.definitions),
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
