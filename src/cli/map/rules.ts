// The rules of a compiled package by the names that lineage gives them.
import { innerRules } from '../../mappings/language/compile.js';
import type { IrAction, IrPackage, IrRule } from '../../mappings/language/ir.js';

/** `package/module#rule` of every rule that writes, refers or raises an issue; scopes and switches only hold others. */
export const rulesOf = (ir: IrPackage): string[] =>
  ir.modules.flatMap((module) => flat(module.rules).map(({ id }) => `${ir.name}/${module.name}#${id}`));

const flat = (rules: readonly IrRule[]): IrRule[] =>
  rules.flatMap((rule) => (holders.has(rule.does.kind) ? flat(innerRules(rule)) : [rule]));

const holders: ReadonlySet<IrAction['kind']> = new Set(['scope', 'item', 'switch', 'nothing']);
