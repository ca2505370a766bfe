// The rules of a package, inner ones included, each with the element that it writes.
import { innerRules } from './compile.js';
import type { IrPackage, IrRule, IrStep } from './ir.js';

export interface PlacedRule {
  readonly rule: IrRule;
  /** The resource or data type that the steps start from. */
  readonly type: string;
  readonly steps: readonly IrStep[];
}

export const placedRules = (ir: IrPackage): readonly PlacedRule[] =>
  ir.modules.flatMap(({ target, rules }) => rules.flatMap((rule) => placed(rule, target, [])));

function placed(rule: IrRule, target: string, before: readonly IrStep[]): readonly PlacedRule[] {
  const type = rule.instance === undefined ? target : typeOf(rule.instance);
  const steps = [...before, ...rule.to];
  return [{ rule, type, steps }, ...innerRules(rule).flatMap((inner) => placed(inner, type, steps))];
}

/** `Observation[OBX]` is an instance of Observation. */
export const typeOf = (instance: string): string => instance.replace(/\[.*$/, '');
