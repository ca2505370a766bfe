// What a terminology service knows: code systems, value sets and concept maps in all their versions. A request's own
// resources (`tx-resource`) lie over those of the installation.
import type { DefinedCodeSystem } from './code-systems/code-system.js';
import type { ConceptMapResource } from './concept-maps/resource.js';
import { parseCanonical, type CodeSystemResource, type ValueSetResource } from './resources.js';
import { newestOf } from './versions.js';

export interface CodeSystemEntry {
  readonly id?: string;
  readonly url: string;
  readonly version?: string;
  /** http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html */
  readonly content: string;
  /** Of a supplement: the canonical of the system it supplements. */
  readonly supplements?: string;
  /** A supplement of translations: it may be used without being asked for. */
  readonly isLanguagePack?: boolean;
  resource(): CodeSystemResource;
  /** Compiled when first asked for. */
  defined(): DefinedCodeSystem;
}

export interface ValueSetEntry {
  readonly id?: string;
  readonly url: string;
  readonly version?: string;
  resource(): ValueSetResource;
}

export interface ConceptMapEntry {
  readonly id?: string;
  readonly url: string;
  readonly version?: string;
  /** A code system has it by nature: what it says depends on the version that was found. */
  readonly isImplicit?: boolean;
  resource(): ConceptMapResource;
}

export interface Content {
  /** All versions of a code system, supplements among them under their own URL. */
  codeSystems(url: string): readonly CodeSystemEntry[];
  valueSets(url: string): readonly ValueSetEntry[];
  /** All, or those of a URL: then also such as a code system has by nature. */
  conceptMaps(url?: string): readonly ConceptMapEntry[];
  languagePacks(): readonly CodeSystemEntry[];
  /** URLs, for listings. */
  codeSystemUrls(): readonly string[];
  valueSetUrls(): readonly string[];
}

export interface Entries {
  readonly codeSystems: readonly CodeSystemEntry[];
  readonly valueSets: readonly ValueSetEntry[];
  readonly conceptMaps: readonly ConceptMapEntry[];
}

function byUrl<T extends { readonly url: string }>(entries: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const entry of entries) {
    const others = found.get(entry.url);
    if (others === undefined) found.set(entry.url, [entry]);
    else others.push(entry);
  }
  return found;
}

export function contentOf({ codeSystems, valueSets, conceptMaps }: Entries): Content {
  const systems = byUrl(codeSystems);
  const sets = byUrl(valueSets);
  const maps = byUrl(conceptMaps);
  const packs = codeSystems.filter(({ isLanguagePack }) => isLanguagePack === true);
  return {
    languagePacks: () => packs,
    codeSystems: (url) => systems.get(url) ?? [],
    valueSets: (url) => sets.get(url) ?? [],
    conceptMaps: (url) => (url === undefined ? conceptMaps : (maps.get(url) ?? [])),
    codeSystemUrls: () => [...systems.keys()],
    valueSetUrls: () => [...sets.keys()],
  };
}

interface Versioned {
  readonly url: string;
  readonly version?: string;
}

/** Those on top, and those below that have no namesake of the same version on top. */
const layered = <T extends Versioned>(top: readonly T[], below: readonly T[]): readonly T[] =>
  top.length === 0 ? below : [...top, ...below.filter((each) => !top.some((other) => isSame(each, other)))];

const isSame = (a: Versioned, b: Versioned): boolean => a.url === b.url && (a.version ?? '') === (b.version ?? '');

export const overlay = (top: Content, below: Content): Content => ({
  codeSystems: (url) => layered(top.codeSystems(url), below.codeSystems(url)),
  valueSets: (url) => layered(top.valueSets(url), below.valueSets(url)),
  conceptMaps: (url) => layered(top.conceptMaps(url), below.conceptMaps(url)),
  languagePacks: () => layered(top.languagePacks(), below.languagePacks()),
  codeSystemUrls: () => [...new Set([...top.codeSystemUrls(), ...below.codeSystemUrls()])],
  valueSetUrls: () => [...new Set([...top.valueSetUrls(), ...below.valueSetUrls()])],
});

const isSupplement = ({ content }: CodeSystemEntry): boolean => content === 'supplement';

/** Those versions of a code system whose codes are here. One that is only described (`not-present`) is not known. */
export const systemVersions = (content: Content, url: string): readonly CodeSystemEntry[] =>
  content.codeSystems(url).filter((entry) => !isSupplement(entry) && entry.content !== 'not-present');

const foundSystems = new WeakMap<Content, Map<string, CodeSystemEntry | undefined>>();

/** The newest version that fits; without one asked for, the newest of all. Content does not change: answers are kept. */
export function findSystem(content: Content, url: string, version = ''): CodeSystemEntry | undefined {
  let known = foundSystems.get(content);
  if (known === undefined || known.size >= mostKept)
    foundSystems.set(content, (known = new Map<string, CodeSystemEntry | undefined>()));
  const key = version === '' ? url : `${url}|${version}`;
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found;
  const newest = newestOf(systemVersions(content, url), version);
  known.set(key, newest);
  return newest;
}

/** Answers kept for one content; who asks for more systems than this starts anew. */
const mostKept = 10_000;

export function findSupplement(content: Content, canonical: string): CodeSystemEntry | undefined {
  const { url, version } = parseCanonical(canonical);
  return newestOf(content.codeSystems(url).filter(isSupplement), version);
}

export function findValueSet(content: Content, url: string, version?: string): ValueSetEntry | undefined {
  return newestOf(content.valueSets(url), version);
}
