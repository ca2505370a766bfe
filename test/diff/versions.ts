// Versions of the shipped packages for tests: as it stands, and with edits of its modules or code maps.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadArtifacts, loadGateway } from '../../src/adapters/composition.js';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { envelop } from '../../src/adapters/intake.js';
import { compileEnvironment, packageText, type CompiledPackage } from '../../src/adapters/packages/compiler.js';
import { readPackageSource, shippedPackages } from '../../src/adapters/packages/package-source.js';
import { sha256Hex } from '../../src/canonical/digest.js';
import { compilePackage, type PackageSource } from '../../src/mappings/language/compile.js';
import { printRefusal } from '../../src/mappings/language/refusal.js';
import type { ModuleSyntax, RuleSyntax } from '../../src/mappings/language/syntax.js';
import type { JsonObject } from '../../src/model/json.js';
import type { Outcome } from '../../src/pipeline/outcome.js';
import { semanticDiff, type PackageVersion, type SemanticDiff } from '../../src/pipeline/semantic-diff.js';
import type { CodeMap } from '../../src/terminology/code-map.js';
import { compileConceptMap } from '../../src/terminology/concept-map.js';

const artifacts = loadArtifacts();
const source = readPackageSource(join(shippedPackages, 'hl7v2'));
const files = new Map(source.modules.map((file) => [(parse(file.text) as ModuleSyntax).module, file]));

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;
/** A module as its file has it, open to edits. */
export type Module = Mutable<ModuleSyntax>;
export type Rule = Mutable<RuleSyntax>;

export interface Edits {
  /** Edits of modules, by name. */
  readonly modules?: Readonly<Record<string, (module: Module) => void>>;
  /** Edits of code maps, by name. */
  readonly codeMaps?: Readonly<Record<string, (map: ConceptMap) => void>>;
}

export interface ConceptMap {
  group: { target?: string; element: { code: string; target?: { code?: string; equivalence: string }[] }[] }[];
}

/** A version ready to run. */
export interface Version extends PackageVersion {
  readonly run: (payload: Payload) => Iterable<Outcome>;
}

export interface Payload {
  readonly name: string;
  read(): Uint8Array;
}

export function version(edits: Edits = {}): Version {
  const codeMaps = new Map([...artifacts.codeMaps, ...editedMaps(edits.codeMaps ?? {})]);
  const own = { ...artifacts, codeMaps };
  const compilation = compilePackage(edited(edits.modules ?? {}), undefined, compileEnvironment(own));
  if (!compilation.ok) throw new Error(compilation.refusals.map(printRefusal).join('\n'));
  const ir = compilation.package;
  const compiled: CompiledPackage = { ir, digest: sha256Hex(packageText(ir)) };
  const gateway = loadGateway({ artifacts: own, packages: [compiled] });
  const mapping = `${ir.name}@${ir.version}`;
  return {
    ir,
    codeMaps,
    run: (payload) =>
      gateway.normalizeEach(
        envelop(payload.read(), { feed: 'hl7v2', receivedAt: new Date(0).toISOString(), name: payload.name }),
        {
          mapping,
        },
      ).outcomes,
  };
}

function edited(edits: NonNullable<Edits['modules']>): PackageSource {
  const changed = new Map(Object.entries(edits).map(([name, edit]) => [name, editedText(name, edit)]));
  const modules = [...files].map(([name, file]) => ({ ...file, text: changed.get(name) ?? file.text }));
  return { ...source, modules };
}

function editedText(name: string, edit: (module: Module) => void): string {
  const module = moduleNamed(name);
  if (module === undefined) throw new Error(`The package has no module ${name}.`);
  edit(module);
  return stringify(module);
}

function editedMaps(edits: NonNullable<Edits['codeMaps']>): [string, CodeMap][] {
  return Object.entries(edits).map(([name, edit]) => {
    const place = `valuesets/${name}.json`;
    const map = JSON.parse(readFileSync(join(packageRoot, place), 'utf8')) as ConceptMap & JsonObject;
    edit(map);
    return [name, compileConceptMap(map, { name, place, digest: sha256Hex(JSON.stringify(map)) })];
  });
}

/** A version that runs each payload once: what it is compared with again and again. */
export function remembered(version: Version): Version {
  const known = new Map<Payload, readonly Outcome[]>();
  const run = (payload: Payload): readonly Outcome[] => {
    const outcomes = known.get(payload) ?? [...version.run(payload)];
    known.set(payload, outcomes);
    return outcomes;
  };
  return { ...version, run };
}

/** A module as its file has it, to look at. */
export const moduleNamed = (name: string): Module | undefined => {
  const file = files.get(name);
  return file === undefined ? undefined : (parse(file.text) as Module);
};

/** Several edits at once, one after the other. */
export function together(all: readonly Edits[]): Edits {
  const chained = <T>(edits: Readonly<Record<string, (subject: T) => void>>[]) => {
    const names = [...new Set(edits.flatMap((each) => Object.keys(each)))];
    return Object.fromEntries(
      names.map((name) => [name, (subject: T) => edits.forEach((each) => each[name]?.(subject))]),
    );
  };
  return {
    modules: chained(all.map(({ modules = {} }) => modules)),
    codeMaps: chained(all.map(({ codeMaps = {} }) => codeMaps)),
  };
}

/** A rule of a module by id, at any depth. */
export function rule(module: Module, id: string): Rule {
  const found = holding(module, id);
  if (found === undefined) throw new Error(`${module.module} has no rule ${id}.`);
  return found.list[found.at]!;
}

/** Takes a rule away and gives it back. */
export function drop(module: Module, id: string): Rule {
  const found = holding(module, id);
  if (found === undefined) throw new Error(`${module.module} has no rule ${id}.`);
  return found.list.splice(found.at, 1)[0]!;
}

/** The list that holds a rule; cases written without a list count as lists of one. */
function holding(module: Module, id: string): { readonly list: Rule[]; readonly at: number } | undefined {
  const search = (list: Rule[]): { list: Rule[]; at: number } | undefined => {
    const at = list.findIndex((each) => each.id === id);
    return at >= 0 ? { list, at } : list.map((each) => innerLists(each).map(search).find(Boolean)).find(Boolean);
  };
  return search(module.rules ?? []);
}

const innerLists = ({ rules, cases }: Rule): Rule[][] => [
  ...(rules === undefined ? [] : [rules]),
  ...Object.values(cases ?? {}).map((each) => (Array.isArray(each) ? each : [each]) as Rule[]),
];

export function compare(
  before: Version,
  after: Version,
  payloads: Iterable<Payload>,
  showValues = false,
): SemanticDiff {
  return semanticDiff(before, after, compared(before, after, payloads), {
    definitions: artifacts.definitions,
    showValues,
  });
}

function* compared(before: Version, after: Version, payloads: Iterable<Payload>) {
  for (const payload of payloads) yield { name: payload.name, before: before.run(payload), after: after.run(payload) };
}
