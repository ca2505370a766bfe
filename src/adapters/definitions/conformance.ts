// What full validation looks up, from generated/ and from packages: read when first asked for, so that a gateway which only
// normalizes pays nothing.
import type { Definitions } from '../../model/definitions.js';
import type { JsonObject } from '../../model/json.js';
import type { ElementRule, StructureModel } from '../../model/structure.js';
import type { CodeSystems } from '../../terminology/systems/code-system.js';
import { compactContent, resourceContent, type SystemContent } from '../../terminology/value-sets/content.js';
import { ValueSets, type EnumeratedCodes } from '../../terminology/value-sets/value-sets.js';
import type { Registry, SearchParameterModel } from '../../validation/profiles/registry.js';
import { generateSnapshot } from '../../validation/structures/differential.js';
import { textAt, textsAt } from '../../validation/structures/element-rule.js';
import { otherVersionExtension, type OtherVersion, type Versions } from '../../validation/structures/other-version.js';
import { elementsOf, snapshotStructure } from '../../validation/structures/structure.js';
import {
  artifactNames,
  readArtifact,
  type SearchParametersFile,
  type StructuresFile,
  type ValueSetsFile,
} from './artifacts.js';
import { once } from '../once.js';
import { isGrammarCode } from './code-grammars.js';
import { loadDefinitions } from './fhir-definitions.js';
import { versionElements } from './other-versions.js';
import { ownMember } from './own-member.js';
import { loadTerminology } from './terminology.js';

/** Canonical resources by URL, or `url|version`. */
export interface CanonicalSource {
  get(url: string): JsonObject | undefined;
}

const withoutVersion = (url: string): string => url.split('|')[0] ?? url;

/** A file of generated/ that is read at the first look-up. */
function lazyFile<T>(name: string): () => Readonly<Record<string, T>> {
  let file: Readonly<Record<string, T>> | undefined;
  return () => (file ??= readArtifact<Readonly<Record<string, T>>>(name));
}

/** What the installation ships: read once, shared by all registries. */
export interface Shipped {
  readonly definitions: Definitions;
  structure(url: string): StructureModel | undefined;
  valueSet(url: string): JsonObject | undefined;
  codes(url: string): EnumeratedCodes | undefined;
  system(url: string): SystemContent | undefined;
  searchParameter(url: string): SearchParameterModel | undefined;
  /** An extension that stands for an element of another FHIR version. */
  otherVersion(url: string): OtherVersion | undefined;
}

export function shipped(definitions: Definitions, systems: CodeSystems): Shipped {
  const structures = lazyFile<StructuresFile[string]>(artifactNames.structures);
  const profiles = lazyFile<StructuresFile[string]>(artifactNames.profiles);
  const valueSets = lazyFile<ValueSetsFile[string]>(artifactNames.valueSets);
  const searchParameters = lazyFile<SearchParametersFile[string]>(artifactNames.searchParameters);
  const versions = versionsBeside(definitions, structures);
  return {
    definitions,
    structure: (url) => ownMember(structures(), url) ?? ownMember(profiles(), url),
    valueSet: (url) => {
      const found = ownMember(valueSets(), url);
      return found?.compose === undefined ? undefined : { compose: found.compose as JsonObject };
    },
    codes: (url) => {
      const codes = ownMember(valueSets(), url)?.codes;
      return codes === undefined
        ? undefined
        : new Map(Object.entries(codes).map(([system, all]) => [system, new Set(all)]));
    },
    system: (url) => {
      const system = systems.get(url);
      return system === undefined ? undefined : compactContent(system);
    },
    searchParameter: (url) => ownMember(searchParameters(), url),
    otherVersion: (url) => otherVersionExtension(url, versions),
  };
}

/** What extensions may hold in R4, and the names that only modifiers have there. */
function versionsBeside(definitions: Definitions, structures: () => StructuresFile): Versions {
  const value = definitions.type('Extension')?.elements.find(({ name }) => name === 'value[x]');
  const valueTypes = new Set(value?.types.map(({ code }) => code));
  const modifiers = once(() => modifierNames(Object.values(structures())));
  return {
    of: versionElements,
    r4: versionElements('4.0')!,
    isValueType: (type) => valueTypes.has(type),
    isModifier: (name) => modifiers().has(name),
  };
}

function modifierNames(structures: readonly StructureModel[]): ReadonlySet<string> {
  const modifiers = new Map<string, boolean>();
  const visit = ({ name, isModifier, children = [] }: ElementRule): void => {
    modifiers.set(name, isModifier === true && modifiers.get(name) !== false);
    children.forEach(visit);
  };
  for (const { root } of structures) root.children?.forEach(visit);
  return new Set([...modifiers].flatMap(([name, always]) => (always ? [name] : [])));
}

/** What this installation ships, one reading for all who validate. */
export const shippedConformance = once(() => shipped(loadDefinitions(), loadTerminology()));

function ofType(source: CanonicalSource, url: string, type: string): JsonObject | undefined {
  const found = source.get(url) ?? source.get(withoutVersion(url));
  return found?.resourceType === type ? found : undefined;
}

/** What is made of a URL, once; `undefined` while it is being made, so that what names itself ends. */
function remembering<T>(make: (url: string) => T | undefined): (url: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  return (url) => {
    if (known.has(url)) return known.get(url);
    known.set(url, undefined);
    const made = make(url);
    known.set(url, made);
    return made;
  };
}

/** The registry of the shipped definitions and further canonical resources, which go before them. */
export function registryOf(base: Shipped, source: CanonicalSource): Registry {
  const structure = remembering((url: string): StructureModel | undefined => {
    const definition = ofType(source, url, 'StructureDefinition');
    if (definition !== undefined) return snapshotStructure(definition) ?? generated(definition);
    return base.structure(withoutVersion(url)) ?? standingIn(withoutVersion(url));
  });
  const standingIn = (url: string): StructureModel | undefined => {
    const found = base.otherVersion(url);
    return typeof found === 'object' ? generated(found) : undefined;
  };
  const generated = (definition: JsonObject): StructureModel | undefined => {
    if (elementsOf(definition, 'differential').length === 0) return undefined;
    const parent = typeof definition.baseDefinition === 'string' ? structure(definition.baseDefinition) : undefined;
    return parent === undefined ? undefined : generateSnapshot(definition, parent, structure).structure;
  };
  const system = remembering((url: string): SystemContent | undefined => {
    const resource = ofType(source, url, 'CodeSystem');
    return resource === undefined ? base.system(withoutVersion(url)) : resourceContent(resource);
  });
  const valueSets = new ValueSets({
    valueSet: (url) => ofType(source, url, 'ValueSet') ?? base.valueSet(withoutVersion(url)),
    codes: (url) => base.codes(url),
    system,
    grammar: isGrammarCode,
  });
  return {
    definitions: base.definitions,
    structure,
    otherVersion: (url) => {
      const found = base.otherVersion(withoutVersion(url));
      return typeof found === 'object' ? undefined : found;
    },
    valueSets,
    searchParameter: (url) => {
      const resource = ofType(source, url, 'SearchParameter');
      if (resource === undefined) return base.searchParameter(withoutVersion(url));
      return { type: textAt(resource, 'type') ?? '', base: textsAt(resource, 'base') ?? [] };
    },
    canonical: (url) => source.get(url) ?? source.get(withoutVersion(url)),
  };
}
