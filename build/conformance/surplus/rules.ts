// The rules of a package by the names that lineage gives them, and the chains of rules that lead to a leaf.
import type { IrPackage, IrRule } from '../../../src/mappings/language/ir.js';
import { innerRules } from '../../../src/mappings/language/compile.js';
import type { LeafLineage } from '../../../src/model/lineage.js';

export type Rules = ReadonlyMap<string, IrRule>;

/** `PID[Patient]#name` -> the rule, those in scopes, items and switches included. */
export function rulesByName({ modules }: IrPackage): Rules {
  return new Map(
    modules.flatMap((module) => allRules(module.rules).map((rule) => [`${module.name}#${rule.id}`, rule] as const)),
  );
}

const allRules = (rules: readonly IrRule[]): IrRule[] => rules.flatMap((rule) => [rule, ...allRules(innerRules(rule))]);

/** The rules that lead to a leaf, outermost first, without the name of the package. */
export const chainOf = ({ via = [], rule }: LeafLineage): string[] =>
  [...via, rule].map((name) => name.replace(/^[^/[#]+\//, ''));

/** The chain as far as the rule that made the resource the leaf stands in: a `create`, or else the instance of a message. */
export function makersOf(chain: readonly string[], rules: Rules): string[] {
  const callers = chain.slice(0, -1);
  const made = callers.findLastIndex((name) => rules.get(name)?.does.kind === 'create');
  return chain.slice(0, Math.max(made, 0) + 1);
}

export const moduleOf = (rule: string): string => rule.replace(/#.*/, '');

/** Message modules are named by a structure, the others by a segment or datatype and what it becomes. */
export const isOfMessage = (rule: string): boolean => !moduleOf(rule).includes('[');
