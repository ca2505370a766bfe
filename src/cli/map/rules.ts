// The rules of a compiled package by the names that lineage gives them.
import type { IrAction, IrPackage, IrRule } from '../../mappings/language/ir.js';

/** `package/module#rule` of every rule that writes, refers or raises an issue; scopes and switches only hold others. */
export const rulesOf = (ir: IrPackage): string[] =>
  ir.modules.flatMap((module) => flat(module.rules).map(({ id }) => `${ir.name}/${module.name}#${id}`));

function flat(rules: readonly IrRule[]): IrRule[] {
  return rules.flatMap((rule) => {
    const inner = innerRules(rule.does);
    return inner === undefined ? [rule] : flat(inner);
  });
}

function innerRules(does: IrAction): readonly IrRule[] | undefined {
  if (does.kind === 'scope' || does.kind === 'item') return does.rules;
  if (does.kind === 'nothing') return [];
  if (does.kind !== 'switch') return undefined;
  return [...does.cases.flatMap(({ rules }) => rules), ...(does.otherwise ?? []), ...(does.absent ?? [])];
}
