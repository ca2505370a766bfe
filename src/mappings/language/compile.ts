// A mapping package from its YAML files to IR, or every reason why it cannot stand.
import type { CompileEnvironment } from './environment.js';
import type { IrModule, IrPackage, IrRule, IrTranslate } from './ir.js';
import { lowerModule } from './lower-module.js';
import { headOf, type ModuleHead, type PackageLowering } from './lowering.js';
import { overlay, placeModule, type PlacedModule } from './overlay.js';
import { readModule, readPackage, type Located, type SourceFile } from './read-module.js';
import type { Refusal } from './refusal.js';
import { refuseMissing } from './required.js';
import type { ModuleSyntax, PackageSyntax } from './syntax.js';

/** A package's files: package.yaml and its modules. */
export interface PackageSource {
  readonly manifest: SourceFile;
  readonly modules: readonly SourceFile[];
}

export type Compilation =
  { readonly ok: true; readonly package: IrPackage } | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Compiles a package. `base` is the source of the package it extends, where it does. Never throws on what the files
 * say: everything wrong comes back as refusals with file, line and column.
 */
export function compilePackage(
  source: PackageSource,
  base: PackageSource | undefined,
  environment: CompileEnvironment,
): Compilation {
  const manifest = readPackage(source.manifest);
  if (!manifest.ok) return manifest;
  const refusals: Refusal[] = [];
  const { syntax } = manifest.located;
  const inherited = syntax.extends === undefined ? [] : inheritedModules(manifest.located, base, refusals);
  const placed = placeAll(source.modules, inherited, `${syntax.package}@${syntax.version}`, refusals);
  const modules = lowerAll(placed, syntax, environment, refusals);
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, package: assemble(syntax, modules, environment) };
}

function inheritedModules(
  manifest: Located<PackageSyntax>,
  base: PackageSource | undefined,
  refusals: Refusal[],
): PlacedModule[] {
  const wanted = manifest.syntax.extends ?? '';
  const read = base === undefined ? undefined : readPackage(base.manifest);
  const name = read?.ok === true ? `${read.located.syntax.package}@${read.located.syntax.version}` : undefined;
  if (base === undefined || name !== wanted) {
    refusals.push(
      manifest.refuse(
        ['extends'],
        `The package extends ${wanted}${name === undefined ? ', which is not there' : `, but ${name} is there`}.`,
        'Pin the version that is installed.',
      ),
    );
    return [];
  }
  return placeAll(base.modules, [], wanted, refusals);
}

/** Reads the files over the inherited modules; an `extends` module takes its base's place. */
function placeAll(
  files: readonly SourceFile[],
  inherited: readonly PlacedModule[],
  origin: string,
  refusals: Refusal[],
): PlacedModule[] {
  const byName = new Map(inherited.map((module) => [module.name, module]));
  for (const file of files) {
    const read = readModule(file);
    if (read.ok) place(byName, read.located, origin, refusals);
    else refusals.push(...read.refusals);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function place(
  byName: Map<string, PlacedModule>,
  located: Located<ModuleSyntax>,
  origin: string,
  refusals: Refusal[],
): void {
  const { syntax } = located;
  if (syntax.extends !== undefined) return placeOverlay(byName, located, syntax.extends, origin, refusals);
  if (byName.has(syntax.module)) {
    refusals.push(
      located.refuse(
        ['module'],
        `There is a module "${syntax.module}" already.`,
        'Say extends to change it, or choose another name.',
      ),
    );
    return;
  }
  const placed = placeModule(located, origin);
  if ('rules' in placed) byName.set(syntax.module, placed);
  else refusals.push(placed);
}

function placeOverlay(
  byName: Map<string, PlacedModule>,
  located: Located<ModuleSyntax>,
  wanted: string,
  origin: string,
  refusals: Refusal[],
): void {
  const match = /^([^/]+)\/(.+)@(\d+\.\d+\.\d+)$/.exec(wanted);
  const base = byName.get(match?.[2] ?? '');
  if (match === null || base === undefined || base.origin !== `${match[1] ?? ''}@${match[3] ?? ''}`) {
    refusals.push(
      located.refuse(
        ['extends'],
        `There is no module "${wanted}" to extend.`,
        'Write package/module@version as the package extends it.',
      ),
    );
    return;
  }
  const { module, refusals: found } = overlay(base, located, origin);
  refusals.push(...found);
  byName.set(module.name, module);
}

function lowerAll(
  placed: readonly PlacedModule[],
  syntax: PackageSyntax,
  environment: CompileEnvironment,
  refusals: Refusal[],
): IrModule[] {
  const heads = new Map<string, ModuleHead>(placed.map((module) => [module.name, headOf(module)]));
  const shared: PackageLowering = {
    environment,
    description: environment.describe(syntax.format, syntax.files ?? {}),
    heads,
    refusals,
    required: [],
  };
  const modules = placed.flatMap((module) => {
    const head = heads.get(module.name);
    return head === undefined ? [] : [lowerModule(module, head, shared)];
  });
  refuseMissing(shared.required, modules);
  return modules;
}

function assemble(syntax: PackageSyntax, modules: readonly IrModule[], environment: CompileEnvironment): IrPackage {
  const names = [...new Set(modules.flatMap(({ rules }) => rules.flatMap(mapsOf)))].sort();
  const maps = names.flatMap((name) => environment.codeMaps.get(name) ?? []);
  return {
    name: syntax.package,
    version: syntax.version,
    owner: syntax.owner,
    format: syntax.format,
    description: syntax.description,
    ...(syntax.extends === undefined ? {} : { extends: syntax.extends }),
    messageType: syntax.messageType ?? [],
    ...(syntax.messageTime === undefined ? {} : { messageTime: syntax.messageTime }),
    files: syntax.files ?? {},
    modules,
    codeMaps: Object.fromEntries(maps.map(({ name, version, digest }) => [`${name}@${version}`, digest])),
  };
}

function mapsOf(rule: IrRule): string[] {
  const { does } = rule;
  const translate: IrTranslate | undefined = 'translate' in does ? does.translate : undefined;
  return [...(translate === undefined ? [] : [translate.map]), ...innerRules(rule).flatMap(mapsOf)];
}

/** The rules directly within a rule: of its scope or its switch's cases. */
export function innerRules({ does }: IrRule): readonly IrRule[] {
  if (does.kind === 'scope' || does.kind === 'item') return does.rules;
  if (does.kind !== 'switch') return [];
  return [...does.cases.flatMap(({ rules }) => rules), ...(does.otherwise ?? []), ...(does.absent ?? [])];
}
