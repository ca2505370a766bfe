// A required element that nothing writes: checked once all modules are lowered, for several modules and a message
// module's refs may write one resource together.
import type { IrModule, IrRule } from './ir.js';
import { refuse, type MissingElements } from './lowering.js';
import { instanceType } from './instance.js';
import { writesElement } from './lower-module.js';

export function refuseMissing(candidates: readonly MissingElements[], modules: readonly IrModule[]): void {
  for (const { at, missing } of candidates) {
    const partners = modules.filter(
      ({ target, layer, name }) => target === at.head.target && layer !== 'message' && name !== at.head.name,
    );
    const absent = missing.filter(
      (name) =>
        !partners.some(({ rules }) => rules.some((rule) => writesElement(rule, name))) &&
        !modules.some((module) => messageWrites(module.rules, at.head.target, name)),
    );
    for (const name of absent)
      refuse(
        at,
        ['target'],
        `${at.head.target}.${name} is required and no rule writes it.`,
        'Write it, with assumed and because or a data-absent-reason if the source has nothing.',
      );
  }
}

/** Do a message module's refs or instance rules write `type`'s element? */
function messageWrites(rules: readonly IrRule[], type: string, name: string): boolean {
  return rules.some((rule) => {
    if (rule.instance !== undefined && instanceType(rule.instance) === type && rule.to[0]?.name === name) return true;
    const { does } = rule;
    if (does.kind === 'into' && instanceType(does.instance) === type)
      return does.refs.some(({ to }) => to[0]?.name === name);
    if (does.kind === 'scope') return messageWrites(does.rules, type, name);
    return (
      does.kind === 'switch' &&
      messageWrites(
        [...does.cases.flatMap((each) => each.rules), ...(does.otherwise ?? []), ...(does.absent ?? [])],
        type,
        name,
      )
    );
  });
}
