// Which rules are alone in writing their target: they need not look whether it is taken, where nothing but their module
// writes the element.
import type { IrRule, IrStep } from '../language/ir.js';

/** Rules of a module that write one element, once for each run, which no other rule of it writes, opens or looks into. */
export function soleWriters(rules: readonly IrRule[]): ReadonlySet<IrRule> {
  const targets = rules.flatMap(targetsOf);
  if (targets.some((target) => target === undefined)) return new Set();
  const leading = new Map<string, number>();
  const ending = new Set<string>();
  for (const target of targets as readonly (readonly IrStep[])[]) {
    const paths = pathsTo(target);
    for (const path of paths) leading.set(path, (leading.get(path) ?? 0) + 1);
    ending.add(paths.at(-1) ?? '');
  }
  const isSole = ({ to, source }: IrRule): boolean => {
    const paths = pathsTo(to);
    const last = paths.pop();
    return (
      last !== undefined && source.pick !== 'all' && leading.get(last) === 1 && !paths.some((path) => ending.has(path))
    );
  };
  return new Set(rules.filter(isSole));
}

/** The targets of a rule within the element of its module; undefined for those of another module it runs there. */
function targetsOf({ does, to }: IrRule): readonly (readonly IrStep[] | undefined)[] {
  switch (does.kind) {
    case 'run':
      return [undefined];
    case 'scope':
      return does.rules.flatMap(targetsOf);
    case 'switch':
      return [...does.cases.map(({ rules }) => rules), does.otherwise ?? [], does.absent ?? []]
        .flat()
        .flatMap(targetsOf);
    default:
      return [to];
  }
}

/** `type`, `type.coding[first]`, `type.coding[first].code`. */
const pathsTo = (target: readonly IrStep[]): string[] =>
  target.map((_, depth) =>
    target
      .slice(0, depth + 1)
      .map(({ name, key, url }) => `${name}[${key ?? ''}](${url ?? ''})`)
      .join('.'),
  );
