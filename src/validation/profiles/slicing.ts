// Slicing (http://hl7.org/fhir/R4/profiling.html#slicing): each slice's discriminators become one test.
import type { DiscriminatorRule, ElementRule, SlicingRule } from '../../model/structure.js';
import type { Closure } from '../fhirpath/closure.js';
import type { Item } from '../fhirpath/item.js';
import { sameValue } from '../fhirpath/comparison.js';
import { fitsPattern } from './matching.js';
import type { FullRun } from './run.js';

/** Is the item of the slice? Undefined when that cannot be told. */
export type SliceMatcher = (item: Item, run: FullRun, index: number) => boolean | undefined;

/** What the matcher of a slice asks of the compiler. */
export interface SliceTools {
  readonly compile: (path: string) => Closure | undefined;
  readonly evaluate: (closure: Closure, item: Item, run: FullRun) => readonly Item[];
  /** The rules that a discriminator's path leads to, from the slice's own rule, through types, profiles and references. */
  readonly rulesAt: (rule: ElementRule, path: string) => readonly ElementRule[];
  readonly inValueSet: (item: Item, valueSet: string) => boolean | undefined;
  readonly conforms: (item: Item, profiles: readonly string[], run: FullRun) => boolean | undefined;
}

type Test = (items: readonly Item[], run: FullRun) => boolean | undefined;

/** A value is one that the rule, or the rules below it, fix. */
function valueTest(rule: ElementRule, tools: SliceTools): Test | undefined {
  const { fixed, pattern, binding } = rule;
  if (fixed !== undefined) return (items) => items.some(({ value }) => sameValue(value, fixed));
  if (pattern !== undefined) return (items) => items.some(({ value }) => fitsPattern(value, pattern));
  const below = belowTests(rule, tools);
  if (below.length > 0) return (items, run) => items.some((item) => below.every((test) => test(item, run) !== false));
  if (binding?.strength === 'required')
    return (items) => any(items.map((item) => tools.inValueSet(item, binding.valueSet)));
  return undefined;
}

/** True when one is, undefined when none is but one may be. */
const any = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;

type BelowTest = (item: Item, run: FullRun) => boolean | undefined;

/** Fixed values further down: a slice by `code` may fix `code.coding.code`. */
function belowTests(rule: ElementRule, tools: SliceTools): BelowTest[] {
  return [...(rule.children ?? []), ...(rule.slices ?? []).filter(({ min }) => min > 0)].flatMap((child) => {
    const test = valueTest(child, tools);
    const closure =
      child.sliceName === undefined || child.path !== rule.path
        ? tools.compile(child.name.replace('[x]', ''))
        : undefined;
    if (test === undefined) return [];
    if (child.path === rule.path) return [(item: Item, run: FullRun) => test([item], run)];
    if (closure === undefined) return [];
    return [(item: Item, run: FullRun) => test(tools.evaluate(closure, item, run), run)];
  });
}

const isOfType = (item: Item, { code }: { readonly code: string }): boolean => item.type.ancestors.has(code);

/** A root is of its own type. Where a slice narrows a choice by slices of its own, their types count. */
function typesOf({ types, slices = [], path }: ElementRule): ElementRule['types'] {
  if (!path.includes('.')) return [{ code: path }];
  return slices.length > 0 ? slices.flatMap((slice) => slice.types) : types;
}

function typeTest(rules: readonly ElementRule[]): Test | undefined {
  const types = rules.flatMap(typesOf);
  return types.length === 0 ? undefined : (items) => items.some((item) => types.some((type) => isOfType(item, type)));
}

function existsTest([rule]: readonly ElementRule[]): Test | undefined {
  if (rule?.max === 0) return (items) => items.length === 0;
  return rule !== undefined && rule.min > 0 ? (items) => items.length > 0 : undefined;
}

function profileTest(rules: readonly ElementRule[], tools: SliceTools): Test | undefined {
  const profiles = rules.flatMap(({ types }) =>
    types.flatMap((type) => [...(type.profiles ?? []), ...(type.targets ?? [])]),
  );
  if (profiles.length === 0) return undefined;
  return (items, run) => any(items.map((item) => tools.conforms(item, profiles, run)));
}

function ruleTest(
  discriminator: DiscriminatorRule,
  rules: readonly ElementRule[],
  tools: SliceTools,
): Test | undefined {
  if (discriminator.type === 'type') return typeTest(rules);
  if (discriminator.type === 'exists') return existsTest(rules);
  if (discriminator.type === 'profile') return profileTest(rules, tools);
  const tests = rules.map((rule) => valueTest(rule, tools)).filter((test) => test !== undefined);
  if (tests.length > 0) return (items, run) => any(tests.map((test) => test(items, run)));
  return existsTest(rules);
}

function discriminatorMatcher(
  discriminator: DiscriminatorRule,
  slice: ElementRule,
  tools: SliceTools,
): SliceMatcher | undefined {
  const test = ruleTest(discriminator, tools.rulesAt(slice, discriminator.path), tools);
  if (test === undefined) return undefined;
  if (discriminator.path === '$this') return (item, run) => test([item], run);
  const closure = tools.compile(discriminator.path);
  return closure === undefined ? undefined : (item, run) => test(tools.evaluate(closure, item, run), run);
}

/** All of the discriminators; undefined when one of them says nothing of this slice. */
export function sliceMatcher(
  slicing: SlicingRule,
  slice: ElementRule,
  position: number,
  tools: SliceTools,
): SliceMatcher {
  const { discriminators } = slicing;
  if (discriminators.length === 1 && discriminators[0]?.type === 'position')
    return (_, __, index) => index === position;
  const matchers = discriminators.map((each) => discriminatorMatcher(each, slice, tools));
  const known = matchers.filter((each) => each !== undefined);
  if (known.length === 0) return () => undefined;
  return (item, run, index) => {
    let result: boolean | undefined = true;
    for (const matches of known) {
      const answer = matches(item, run, index);
      if (answer === false) return false;
      if (answer === undefined) result = undefined;
    }
    return result;
  };
}
