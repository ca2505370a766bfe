// FHIR R4 definitions from generated/definitions-r4.json as the Definitions that rooms ask.
import type { Definitions } from '../../model/definitions.js';
import { artifactNames, readArtifact, type DefinitionsFile } from './artifacts.js';

type CodeSet = ReadonlyMap<string, ReadonlySet<string>>;

const codeSet = (systems: Readonly<Record<string, readonly string[]>>): CodeSet =>
  new Map(Object.entries(systems).map(([system, codes]) => [system, new Set(codes)]));

/** The definitions of a compiled file. Sets of codes are made when first asked for, and kept. */
export function definitionsOf(file: DefinitionsFile): Definitions {
  const types = new Map(file.types.map((type) => [type.name, type]));
  const sets = new Map<string, CodeSet>();
  const codes = (valueSet: string): CodeSet | undefined => {
    const known = sets.get(valueSet);
    if (known !== undefined) return known;
    const systems = Object.hasOwn(file.codes, valueSet) ? file.codes[valueSet] : undefined;
    if (systems === undefined) return undefined;
    const made = codeSet(systems);
    sets.set(valueSet, made);
    return made;
  };
  return { fhirVersion: file.fhirVersion, type: (name) => types.get(name), codes };
}

/**
 * FHIR R4 (4.0.1): every type with all its elements, and the codes of required bindings.
 *
 * @throws GatewayError `not-found` when the build has not been run.
 */
export const loadDefinitions = (): Definitions =>
  definitionsOf(readArtifact<DefinitionsFile>(artifactNames.definitions));
