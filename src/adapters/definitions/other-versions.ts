// The elements of FHIR versions beside R4, out of the models that fhirpath brings: read when an extension first stands for one.
import { createRequire } from 'node:module';
import type { VersionElements } from '../../validation/structures/other-version.js';
import { ownMember } from './own-member.js';

interface PathModel {
  /** `Patient.contact` -> its type. */
  readonly path2Type: Readonly<Record<string, string>>;
  /** `Observation.value` -> `Quantity`, `String` and so on. */
  readonly choiceTypePaths: Readonly<Record<string, readonly string[]>>;
  readonly path2Repeating: Readonly<Record<string, boolean>>;
  /** `Observation.component.referenceRange` -> `Observation.referenceRange`. */
  readonly pathsDefinedElsewhere: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);

const models: Readonly<Record<string, string>> = { '1.0': 'dstu2', '3.0': 'stu3', '4.0': 'r4', '5.0': 'r5' };

const known = new Map<string, VersionElements>();

/** By `5.0`; undefined for a version that nobody brings. */
export function versionElements(version: string): VersionElements | undefined {
  const name = models[version];
  if (name === undefined) return undefined;
  let elements = known.get(version);
  if (elements === undefined) known.set(version, (elements = elementsOf(modelOf(name))));
  return elements;
}

const modelOf = (name: string): PathModel => require(`fhirpath/fhir-context/${name}`) as PathModel;

function elementsOf({ path2Type, choiceTypePaths, path2Repeating, pathsDefinedElsewhere }: PathModel): VersionElements {
  const primitives = new Set(Object.values(path2Type).filter((type) => /^[a-z]/.test(type)));
  const children = childrenOf([...Object.keys(path2Type), ...Object.keys(choiceTypePaths)]);
  const typeOf = (path: string): readonly string[] | undefined => {
    const type = ownMember(path2Type, path);
    if (type !== undefined) return [type];
    return ownMember(choiceTypePaths, path)?.map((name) => uncapitalized(name, primitives));
  };
  return {
    types: (path) => typeOf(path) ?? (ownMember(pathsDefinedElsewhere, path) === undefined ? undefined : backbone),
    children: (path) => children.get(ownMember(pathsDefinedElsewhere, path) ?? path) ?? [],
    repeats: (path) => ownMember(path2Repeating, path) === true,
  };
}

const backbone = ['BackboneElement'];

/** Choices name their types as they end the element's name: `valueString`. */
function uncapitalized(name: string, primitives: ReadonlySet<string>): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return primitives.has(lower) ? lower : name;
}

function childrenOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const at = path.lastIndexOf('.');
    if (at < 0) continue;
    const holder = path.slice(0, at);
    const names = children.get(holder);
    if (names === undefined) children.set(holder, [path.slice(at + 1)]);
    else names.push(path.slice(at + 1));
  }
  return children;
}
