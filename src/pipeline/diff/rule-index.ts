// The rules of a package by name, with the rules around each: scopes, items and switches hold others.
import type { IrModule, IrPackage, IrRule } from '../../mappings/language/ir.js';

export interface IndexedRule {
  /** `module#rule`. */
  readonly name: string;
  readonly module: IrModule;
  readonly rule: IrRule;
  /** The rule that holds it; absent directly in its module. */
  readonly parent?: string;
  /** The case of a switch it stands in: `case NM`, `default`, `absent`; '' elsewhere. */
  readonly branch: string;
}

export interface RuleIndex {
  readonly modules: ReadonlyMap<string, IrModule>;
  /** In the order of their modules and within them. */
  readonly rules: ReadonlyMap<string, IndexedRule>;
  /** Rules of message modules by the message module whose rules they run as if they stood there. */
  readonly includers: ReadonlyMap<string, readonly string[]>;
}

export function indexRules(ir: IrPackage): RuleIndex {
  const all = ir.modules.flatMap((module) => indexed(module, module.rules, '', undefined));
  const rules = new Map(all.map((each) => [each.name, each]));
  return { modules: new Map(ir.modules.map((module) => [module.name, module])), rules, includers: includersOf(all) };
}

function indexed(
  module: IrModule,
  rules: readonly IrRule[],
  branch: string,
  parent: string | undefined,
): IndexedRule[] {
  return rules.flatMap((rule) => {
    const name = `${module.name}#${rule.id}`;
    const inner = branches(rule).flatMap(([label, held]) => indexed(module, held, label, name));
    return [{ name, module, rule, branch, ...(parent !== undefined && { parent }) }, ...inner];
  });
}

/** The rules that a rule holds, by where they stand in it. */
function branches({ does }: IrRule): (readonly [string, readonly IrRule[]])[] {
  if (does.kind === 'scope' || does.kind === 'item') return [['', does.rules]];
  if (does.kind !== 'switch') return [];
  return [
    ...does.cases.map(({ values, rules }) => [`case ${values.join('|')}`, rules] as const),
    ['default', does.otherwise ?? []],
    ['absent', does.absent ?? []],
  ];
}

function includersOf(all: readonly IndexedRule[]): Map<string, string[]> {
  const includers = new Map<string, string[]>();
  for (const { name, module, rule } of all) {
    if (module.layer !== 'message' || rule.does.kind !== 'run') continue;
    includers.set(rule.does.module, [...(includers.get(rule.does.module) ?? []), name]);
  }
  return includers;
}

/** The rule itself, then those around it, innermost first; for a message module that others include, theirs too. */
export function withHolders({ rules, includers }: RuleIndex, name: string): string[] {
  const found: string[] = [];
  for (let each: string | undefined = name; each !== undefined; each = rules.get(each)?.parent) found.push(each);
  const module = name.slice(0, name.lastIndexOf('#'));
  const including = includers.get(module) ?? [];
  return [...found, ...including.filter((each) => !found.includes(each))];
}
