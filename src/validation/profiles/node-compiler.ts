// Rules to nodes: the checks of each rule as closures, its slices as tests.
import type { ElementRule, StructureModel } from '../../model/structure.js';
import type { Host } from '../fhirpath/closure.js';
import { compileExpression } from '../fhirpath/compile.js';
import { evaluate } from '../fhirpath/evaluate.js';
import { EvaluationFailure, SyntaxFailure } from '../fhirpath/failure.js';
import type { Item } from '../fhirpath/item.js';
import type { FhirTypes } from '../fhirpath/types.js';
import { typeUrl } from '../structures/differential.js';
import { isProfile } from '../structures/structure.js';
import { constraintChecks } from './constraints.js';
import { limitChecks, type ConvertUnit } from './limits.js';
import { differences, fitsPattern } from './matching.js';
import type { Registry } from './registry.js';
import { stemOf, type ItemCheck, type RuleNode, type SliceNode } from './rule-node.js';
import type { FullRun } from './run.js';
import { sliceMatcher, type SliceTools } from './slicing.js';
import { bindingCheck, inValueSet } from './terminology-checks.js';

function fixedCheck({ fixed, pattern }: ElementRule): ItemCheck[] {
  const checks: ItemCheck[] = [];
  if (fixed !== undefined) checks.push((item, run) => reportDifferences(differences(item.value, fixed), run));
  if (pattern !== undefined)
    checks.push(({ value }, run) => {
      if (!fitsPattern(value, pattern)) run.report('validate.pattern');
    });
  return checks;
}

function reportDifferences(paths: readonly (readonly string[])[], run: FullRun): void {
  for (const path of paths) {
    for (const step of path) run.trail.enter(step);
    run.report('validate.fixed');
    for (const _ of path) run.trail.leave();
  }
}

const valueCheck = ({ mustHaveValue }: ElementRule): ItemCheck[] =>
  mustHaveValue ? [({ value }, run) => (value === undefined ? run.report('validate.must-have-value') : undefined)] : [];

const compiled = (path: string) => {
  try {
    return compileExpression(path);
  } catch (error) {
    if (error instanceof SyntaxFailure) return undefined;
    throw error;
  }
};

/** What the compiler asks of the walk. */
export interface WalkTools {
  readonly hostOf: (run: FullRun) => Host;
  readonly conforms: (item: Item, profile: string, run: FullRun) => boolean | undefined;
  readonly convert: ConvertUnit;
}

export class NodeCompiler {
  private readonly registry: Registry;
  private readonly types: FhirTypes;
  private readonly walk: WalkTools;
  private readonly nodes = new Map<ElementRule, RuleNode>();
  constructor(registry: Registry, types: FhirTypes, walk: WalkTools) {
    this.registry = registry;
    this.types = types;
    this.walk = walk;
  }

  /** The node of a structure's root. */
  root(structure: StructureModel): RuleNode {
    return this.node(structure.root, structure);
  }

  node(rule: ElementRule, structure: StructureModel): RuleNode {
    const known = this.nodes.get(rule);
    if (known !== undefined) return known;
    const made = this.make(rule, structure);
    this.nodes.set(rule, made);
    return made;
  }

  private make(rule: ElementRule, structure: StructureModel): RuleNode {
    return new CompiledNode(rule, structure, this.checks(rule, structure), {
      children: () => this.children(rule, structure),
      slices: () => this.slices(rule, structure),
    });
  }

  private children(rule: ElementRule, structure: StructureModel): ReadonlyMap<string, RuleNode> {
    return new Map((rule.children ?? []).map((child) => [stemOf(child.name), this.node(child, structure)]));
  }

  private checks(rule: ElementRule, structure: StructureModel): readonly ItemCheck[] {
    return [
      ...fixedCheck(rule),
      ...valueCheck(rule),
      ...limitChecks(rule, this.walk.convert),
      ...bindingCheck(rule.binding, this.registry.valueSets),
      ...constraintChecks(rule.constraints, structure, this.types, this.walk.hostOf),
    ];
  }

  private slices(rule: ElementRule, structure: StructureModel): readonly SliceNode[] {
    const slicing = rule.slicing ?? { discriminators: [{ type: 'type', path: '$this' }], rules: 'open' };
    return (rule.slices ?? []).map((slice, position) => ({
      node: this.node(slice, structure),
      matches: sliceMatcher(slicing, slice, position, this.tools),
    }));
  }

  private readonly tools: SliceTools = {
    compile: compiled,
    evaluate: (closure, item, run) => this.evaluated(closure, item, run),
    rulesAt: (rule, path) => this.rulesAt([rule], stepsOf(path)),
    inValueSet: (item, valueSet) => inValueSet(item, valueSet, this.registry.valueSets),
    conforms: (item, profiles, run) => this.conformsToOne(item, profiles, run),
  };

  private evaluated(closure: ReturnType<typeof compileExpression>, item: Item, run: FullRun): readonly Item[] {
    const resource = run.resource ?? item;
    try {
      return evaluate(closure, item, {
        types: this.types,
        host: this.walk.hostOf(run),
        resource,
        rootResource: run.container ?? resource,
      });
    } catch (error) {
      if (error instanceof EvaluationFailure) return [];
      throw error;
    }
  }

  private conformsToOne(item: Item, profiles: readonly string[], run: FullRun): boolean | undefined {
    const answers = profiles.map((profile) => this.walk.conforms(item, profile, run));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }

  private rulesAt(rules: readonly ElementRule[], steps: readonly string[]): readonly ElementRule[] {
    const [step, ...rest] = steps;
    if (step === undefined) return rules;
    return this.rulesAt(
      rules.flatMap((rule) => this.stepFrom(rule, step)),
      rest,
    );
  }

  private stepFrom(rule: ElementRule, step: string): readonly ElementRule[] {
    if (step === '$this') return [rule];
    if (step === 'resolve()') return [rule, ...(rule.slices ?? [])].flatMap(({ types }) => this.targets(types));
    if (step.startsWith('ofType('))
      return rule.slices?.filter(({ types }) => types.some(({ code }) => step === `ofType(${code})`)) ?? [rule];
    const url = /^extension\(['"](.*)['"]\)$/.exec(step)?.[1];
    return url === undefined ? this.named(rule, step) : this.extensions(rule, url);
  }

  private targets(types: ElementRule['types']): readonly ElementRule[] {
    return types.flatMap(({ targets = [] }) => this.roots(targets));
  }

  private roots(urls: readonly string[]): readonly ElementRule[] {
    return urls.flatMap((url) => this.registry.structure(url)?.root ?? []);
  }

  private extensions(rule: ElementRule, url: string): readonly ElementRule[] {
    const slices = this.named(rule, 'extension').flatMap((extension) => extension.slices ?? []);
    return slices.filter(({ types }) => types.some(({ profiles }) => profiles?.includes(url) === true));
  }

  /**
   * The child of that name: the rule's own, with its slices that must be there (a blood pressure's component fixes its code in a
   * slice of `code.coding`), or its profile's or type's.
   */
  private named(rule: ElementRule, name: string): readonly ElementRule[] {
    const own = (rule.children ?? []).filter((child) => stemOf(child.name) === name);
    if (own.length > 0) return own.flatMap((child) => [child, ...(child.slices ?? []).filter(({ min }) => min > 0)]);
    const urls = rule.types.flatMap(({ code, profiles }) => profiles ?? [typeUrl(code)]);
    return this.roots(urls).flatMap((root) => (root.children ?? []).filter((child) => stemOf(child.name) === name));
  }
}

const isRequired = ({ rule: { min, slices = [] } }: RuleNode): boolean =>
  min > 0 || slices.some((slice) => slice.min > 0);

interface Parts {
  readonly children: () => ReadonlyMap<string, RuleNode>;
  readonly slices: () => readonly SliceNode[];
}

/** Children and slices are made when first asked for: rules contain each other. */
class CompiledNode implements RuleNode {
  readonly rule: ElementRule;
  readonly structure: StructureModel;
  readonly checks: readonly ItemCheck[];
  readonly stem: string;
  readonly isBase: boolean;
  readonly isLeaf: boolean;
  readonly isSliced: boolean;
  readonly isCounted: boolean;
  readonly isProfiled: boolean;
  private readonly parts: Parts;
  private ownChildren: ReadonlyMap<string, RuleNode> | undefined;
  private ownRequired: readonly RuleNode[] | undefined;
  private ownSlices: readonly SliceNode[] | undefined;
  constructor(rule: ElementRule, structure: StructureModel, checks: readonly ItemCheck[], parts: Parts) {
    const { min, max, name, types } = rule;
    this.rule = rule;
    this.structure = structure;
    this.checks = checks;
    this.stem = stemOf(name);
    this.isBase = !isProfile(structure);
    this.isLeaf = rule.children === undefined;
    this.isSliced = rule.slices !== undefined;
    this.isCounted = min > 1 || (max >= 0 && !(this.isBase && max === 1));
    this.isProfiled = types.some(({ profiles }) => profiles !== undefined);
    this.parts = parts;
  }

  get children(): ReadonlyMap<string, RuleNode> {
    return (this.ownChildren ??= this.parts.children());
  }

  get required(): readonly RuleNode[] {
    return (this.ownRequired ??= [...this.children.values()].filter(isRequired));
  }

  get slices(): readonly SliceNode[] {
    return (this.ownSlices ??= this.parts.slices());
  }
}

/** `a.resolve().b`, split at the dots outside of parentheses. */
const stepsOf = (path: string): readonly string[] => path.match(/(?:[^.(]|\([^)]*\))+/g) ?? [];
