// Two versions of a package compared rule by rule, by id: what was added, removed and changed, and in which aspect.
import { mapsUsed, type IrModule, type IrPackage } from '../../mappings/language/ir.js';
import type { Cause, Causes } from './cause.js';
import type { CodeMaps } from '../../terminology/code-map.js';
import { diffCodeMaps, type CodeMapChange } from './code-map-diff.js';
import {
  headAspects,
  identityAspects,
  identityName,
  ignoreAspects,
  ignoreName,
  packageAspects,
} from './module-aspects.js';
import { aspectChanges, aspectsOf, changesBehaviour, type AspectChange, type Aspects } from './rule-aspects.js';
import { indexRules, type RuleIndex } from './rule-index.js';
import { reordered } from './rule-order.js';

/** A package as it stands in one version, with the code maps it runs on. */
export interface PackageVersion {
  readonly ir: IrPackage;
  readonly codeMaps: CodeMaps;
}

export interface RuleChange {
  /** `PID[Patient]#birthDate`, `PID[Patient] identity`, `PID[Patient] ignore PID-2`, or a module. */
  readonly rule: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** All of them for a rule that is new or gone. */
  readonly aspects: readonly AspectChange[];
  /** How many rules came or went with it: those of a module, a scope or a switch. */
  readonly inner?: number;
}

export interface RuleDiff {
  readonly package: readonly AspectChange[];
  readonly rules: readonly RuleChange[];
  readonly codeMaps: readonly CodeMapChange[];
}

/** Empty in all its lists for two versions that say the same. */
export function diffRules(before: PackageVersion, after: PackageVersion): RuleDiff {
  const [was, is] = [indexRules(before.ir), indexRules(after.ir)];
  return {
    package: aspectChanges(packageAspects(before.ir), packageAspects(after.ir)),
    rules: [...modulesDiff(was, is), ...moduleParts(was, is), ...ruleChanges(was, is)].sort(byName),
    codeMaps: diffCodeMaps(before.codeMaps, after.codeMaps, [...mapsUsed(before.ir), ...mapsUsed(after.ir)]),
  };
}

const byName = (a: RuleChange, b: RuleChange): number => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);

/** Whole modules, new or gone. */
function modulesDiff(before: RuleIndex, after: RuleIndex): RuleChange[] {
  const whole = (one: RuleIndex, other: RuleIndex, change: 'added' | 'removed'): RuleChange[] =>
    [...one.modules.values()]
      .filter(({ name }) => !other.modules.has(name))
      .map((module) => wholeModule(module, one, change));
  return [...whole(before, after, 'removed'), ...whole(after, before, 'added')];
}

function wholeModule(module: IrModule, index: RuleIndex, change: 'added' | 'removed'): RuleChange {
  const inner = [...index.rules.values()].filter((each) => each.module === module).length;
  return { rule: module.name, change, aspects: oneSided(headAspects(module), change), inner };
}

const oneSided = (aspects: Aspects, change: 'added' | 'removed'): AspectChange[] =>
  change === 'added' ? aspectChanges({}, aspects) : aspectChanges(aspects, {});

/** What modules of both versions take, how they identify and what they pass over. */
function moduleParts(before: RuleIndex, after: RuleIndex): RuleChange[] {
  return [...before.modules.values()].flatMap((was) => {
    const is = after.modules.get(was.name);
    if (is === undefined) return [];
    return [
      ...changed(was.name, aspectChanges(headAspects(was), headAspects(is))),
      ...changed(identityName(was.name), aspectChanges(identityAspects(was), identityAspects(is))),
      ...ignoreChanges(was, is),
    ];
  });
}

const changed = (rule: string, aspects: readonly AspectChange[]): RuleChange[] =>
  aspects.length === 0 ? [] : [{ rule, change: 'changed', aspects }];

function ignoreChanges(was: IrModule, is: IrModule): RuleChange[] {
  const [before, after] = [ignoreAspects(was), ignoreAspects(is)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path): RuleChange[] => {
    const [from, to] = [before.get(path), after.get(path)];
    const aspects = aspectChanges(from ?? {}, to ?? {});
    if (aspects.length === 0) return [];
    const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [{ rule: ignoreName(was.name, path), change, aspects }];
  });
}

function ruleChanges(before: RuleIndex, after: RuleIndex): RuleChange[] {
  const moved = reordered(before, after);
  const kept = [...before.rules.values()].flatMap((was) => {
    const is = after.rules.get(was.name);
    if (is === undefined) return [];
    const aspects = aspectChanges(aspectsOf(was), aspectsOf(is));
    const order = moved.get(was.name);
    return changed(was.name, order === undefined ? aspects : [...aspects, order]);
  });
  return [...oneSidedRules(before, after, 'removed'), ...oneSidedRules(after, before, 'added'), ...kept];
}

/** Rules of modules that both have; those held by one that came or went are counted with it. */
function oneSidedRules(one: RuleIndex, other: RuleIndex, change: 'added' | 'removed'): RuleChange[] {
  const inner = new Map<string, number>();
  for (const [name] of one.rules) {
    const top = topmost(one, other, name);
    if (top !== undefined && top !== name) inner.set(top, (inner.get(top) ?? 0) + 1);
  }
  return [...one.rules.values()]
    .filter(({ name }) => topmost(one, other, name) === name)
    .map((rule) => {
      const held = inner.get(rule.name);
      const aspects = oneSided(aspectsOf(rule), change);
      return { rule: rule.name, change, aspects, ...(held !== undefined && { inner: held }) };
    });
}

/**
 * The outermost rule that only one version has and that is or holds this one; or the one around it that holds rules in one
 * version only. Undefined where both have the rule.
 */
function topmost(one: RuleIndex, other: RuleIndex, name: string): string | undefined {
  const rule = one.rules.get(name);
  if (rule === undefined || other.rules.has(name) || !other.modules.has(rule.module.name)) return undefined;
  const { parent } = rule;
  if (parent === undefined) return name;
  const holds = (index: RuleIndex) => index.rules.get(parent)?.rule.does.kind;
  return holds(other) !== undefined && holds(other) !== holds(one) ? parent : (topmost(one, other, parent) ?? name);
}

/**
 * Everything that can be a cause, by the name under which lineage and the index know it. A rule that came or went with a
 * module or another rule stands for that; what only explains (a reason, a version) is no cause.
 */
export function causesOf(diff: RuleDiff, before: PackageVersion, after: PackageVersion): Causes {
  const causes = new Map<string, Cause>();
  for (const { rule, change, aspects } of diff.rules)
    if (aspects.some(changesBehaviour)) causes.set(rule, { name: rule, change });
  const [was, is] = [indexRules(before.ir), indexRules(after.ir)];
  addInner(was, is, causes);
  addInner(is, was, causes);
  return causes;
}

function addInner(one: RuleIndex, other: RuleIndex, causes: Map<string, Cause>): void {
  for (const { name, module } of one.rules.values()) {
    const whole = other.modules.has(module.name) ? topmost(one, other, name) : module.name;
    const cause = whole === undefined ? undefined : causes.get(whole);
    if (cause !== undefined) causes.set(name, cause);
  }
}
