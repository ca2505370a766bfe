// Modules with their rules' places, and the one level of site overlay: override, disable and add by rule id.
import type { Located, NodePath } from './read-module.js';
import type { Refusal } from './refusal.js';
import type { ModuleSyntax, RuleSyntax, SourceSyntax } from './syntax.js';

/** A rule as written, and where: inherited rules point into the base package's file. */
export interface PlacedRule {
  readonly rule: RuleSyntax;
  readonly located: Located<ModuleSyntax>;
  readonly path: NodePath;
}

export interface PlacedModule {
  readonly name: string;
  /** `package@version` that last changed it. */
  readonly origin: string;
  readonly located: Located<ModuleSyntax>;
  readonly source: SourceSyntax;
  readonly target: string;
  readonly syntax: ModuleSyntax;
  readonly rules: readonly PlacedRule[];
}

export function placeModule(located: Located<ModuleSyntax>, origin: string): PlacedModule | Refusal {
  const { syntax } = located;
  if (syntax.source === undefined)
    return located.refuse(
      ['module'],
      'The module names no source.',
      'Add source: { format, segment | datatype | structure | … }.',
    );
  const rules = (syntax.rules ?? []).map((rule, index) => ({ rule, located, path: ['rules', index] }));
  return {
    name: syntax.module,
    origin,
    located,
    source: syntax.source,
    target: syntax.target?.type ?? '',
    syntax,
    rules,
  };
}

export interface Overlaid {
  readonly module: PlacedModule;
  readonly refusals: readonly Refusal[];
}

/** The base module as the site wants it; it keeps the base's name, so every caller runs the overlay. */
export function overlay(base: PlacedModule, site: Located<ModuleSyntax>, origin: string): Overlaid {
  const refusals: Refusal[] = [];
  let rules = [...base.rules];
  (site.syntax.rules ?? []).forEach((rule, index) => {
    const placed: PlacedRule = { rule, located: site, path: ['rules', index] };
    const applied = apply(rules, placed);
    if (Array.isArray(applied)) rules = applied;
    else refusals.push(applied);
  });
  const { syntax } = base;
  const merged: ModuleSyntax = {
    ...syntax,
    ...(site.syntax.identity === undefined ? {} : { identity: site.syntax.identity }),
    ignore: [...(syntax.ignore ?? []), ...(site.syntax.ignore ?? [])],
  };
  return { module: { ...base, origin, syntax: merged, rules }, refusals };
}

function apply(rules: readonly PlacedRule[], placed: PlacedRule): PlacedRule[] | Refusal {
  const { rule, located, path } = placed;
  const known = rules.findIndex((each) => each.rule.id === rule.id);
  if (rule.override === true || rule.disable !== undefined) {
    if (known < 0)
      return located.refuse(
        path,
        `The rule "${rule.id}" overrides nothing: the base module has no rule of that id.`,
        'Correct the id, or drop override/disable.',
        rule.id,
      );
    return rule.disable === undefined ? rules.with(known, placed) : rules.filter((_, index) => index !== known);
  }
  if (known >= 0)
    return located.refuse(
      path,
      `The base module has a rule "${rule.id}" already.`,
      'Say override: true, or choose another id.',
      rule.id,
    );
  return insert(rules, placed);
}

function insert(rules: readonly PlacedRule[], placed: PlacedRule): PlacedRule[] | Refusal {
  const { before } = placed.rule;
  if (before === undefined) return [...rules, placed];
  const at = rules.findIndex(({ rule }) => rule.id === before);
  if (at < 0)
    return placed.located.refuse(
      [...placed.path, 'before'],
      `There is no rule "${before}" to stand before.`,
      'Correct the id.',
      placed.rule.id,
    );
  return rules.toSpliced(at, 0, placed);
}
