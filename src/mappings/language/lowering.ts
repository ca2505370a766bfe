// The state of lowering one module: where we are, what paths mean here, and the refusals met.
import type { SourceContext, SourceDescription, SourcePath } from '../../model/source.js';
import { isRefusal } from '../../model/source.js';
import { ConditionError, operandsOf, parseCondition } from './condition.js';
import type { CompileEnvironment } from './environment.js';
import type { IrArgument, IrReads, Layer } from './ir.js';
import type { PlacedModule } from './overlay.js';
import type { Located, NodePath } from './read-module.js';
import type { Refusal } from './refusal.js';
import type { ArgumentSyntax, ModuleSyntax, SourceSyntax } from './syntax.js';

export interface ModuleHead {
  readonly name: string;
  readonly layer: Layer;
  readonly source: readonly string[];
  readonly target: string;
  readonly parameters: readonly string[];
  readonly context: SourceContext;
}

/** A rule's source, lowered: how it reads, and what paths mean at the places it selects. */
export interface LoweredSource {
  readonly reads: IrReads;
  readonly path: SourcePath | undefined;
  readonly within: SourceContext;
}

/** Required elements that a module does not write by itself. */
export interface MissingElements {
  readonly at: Lowering;
  readonly missing: readonly string[];
}

/** Shared by all rules of a package. */
export interface PackageLowering {
  readonly environment: CompileEnvironment;
  readonly description: SourceDescription;
  readonly heads: ReadonlyMap<string, ModuleHead>;
  readonly refusals: Refusal[];
  /** Required elements not written by their module alone; settled when every module is known. */
  readonly required: MissingElements[];
}

/** Where a rule stands: its module, what its paths start at, and the FHIR type its targets start at. */
export interface Lowering {
  readonly shared: PackageLowering;
  readonly module: PlacedModule;
  readonly head: ModuleHead;
  readonly context: SourceContext;
  /** '' directly in a message module, where only instances have elements. */
  readonly element: string;
  readonly located: Located<ModuleSyntax>;
  readonly path: NodePath;
  readonly rule: string;
}

export function refuse(at: Lowering, node: NodePath, reason: string, mend: string): undefined {
  at.shared.refusals.push(at.located.refuse([...at.path, ...node], reason, mend, `${at.module.name}#${at.rule}`));
  return undefined;
}

/** Types a source path here, or refuses it. */
export function sourcePath(
  at: Lowering,
  node: NodePath,
  text: string,
  context: SourceContext = at.context,
): SourcePath | undefined {
  const path = at.shared.description.path(text, context);
  return isRefusal(path) ? refuse(at, node, path.reason, path.mend) : path;
}

/** Checks a condition and its paths; gives it back in one spelling. */
export function condition(
  at: Lowering,
  node: NodePath,
  text: string | undefined,
  context: SourceContext = at.context,
): string | undefined {
  if (text === undefined) return undefined;
  try {
    for (const operand of operandsOf(parseCondition(text))) {
      if ('path' in operand) sourcePath(at, node, operand.path, context);
      else parameter(at, node, operand.parameter);
    }
    return text.replace(/\s+/g, ' ').trim();
  } catch (error) {
    if (error instanceof ConditionError)
      return refuse(at, node, `The condition ${error.message}.`, 'See Conditions in docs/language.md.');
    throw error;
  }
}

function parameter(at: Lowering, node: NodePath, name: string): IrArgument | undefined {
  if (at.head.parameters.includes(name)) return { parameter: name };
  return refuse(
    at,
    node,
    `The module has no parameter "${name}".`,
    `Add it to parameters: [${[...at.head.parameters, name].join(', ')}].`,
  );
}

/** An argument of a function or module: `$parameter`, `{ fixed }` or a source path. */
export function argument(
  at: Lowering,
  node: NodePath,
  syntax: ArgumentSyntax,
  context: SourceContext = at.context,
): IrArgument | undefined {
  if (typeof syntax !== 'string') return { fixed: syntax.fixed };
  if (syntax.startsWith('$')) return parameter(at, node, syntax.slice(1));
  const path = sourcePath(at, node, syntax, context);
  return path === undefined ? undefined : { path: syntax };
}

/** The layer and context that a module's `source` declares. */
export function headOf(module: PlacedModule): ModuleHead {
  const { source } = module;
  const [layer, names, context] = layerOf(source);
  return {
    name: module.name,
    layer,
    source: names,
    target: module.target,
    parameters: module.syntax.parameters ?? [],
    context,
  };
}

function layerOf(source: SourceSyntax): [Layer, readonly string[], SourceContext] {
  if (source.segment !== undefined) return ['segment', [source.segment], { kind: 'segment', segment: source.segment }];
  if (source.datatype !== undefined)
    return ['datatype', [source.datatype], { kind: 'datatype', datatype: source.datatype }];
  if (source.object !== undefined) return ['object', [source.object], { kind: 'object', name: source.object }];
  if (source.row !== undefined) return ['row', source.row, { kind: 'row', files: source.row }];
  if (source.event !== undefined) return ['message', source.event, { kind: 'object', name: 'message' }];
  if (source.file !== undefined) return ['message', source.file, { kind: 'file', files: source.file }];
  const structures = source.structure ?? [];
  return ['message', structures, { kind: 'message', structures }];
}
