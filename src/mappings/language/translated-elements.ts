// What the elements are bound to that a package's rules write by a code map.
import type { Definitions, ElementModel } from '../../model/definitions.js';
import type { IrPackage, IrRule } from './ir.js';
import { placedRules } from './placed-rules.js';
import { resolveTarget } from './target-path.js';

export type Binding = NonNullable<ElementModel['binding']>;

/** Each value set once, of the strongest rule first met. */
export function bindingsOf(ir: IrPackage, map: string, definitions: Definitions): readonly Binding[] {
  const found = placedRules(ir)
    .filter(({ rule }) => mapOf(rule) === map)
    .flatMap(({ type, steps }) => {
      const target = resolveTarget(steps.map(({ name }) => name).join('.'), type, definitions);
      return 'mend' in target ? [] : (target.element?.binding ?? []);
    });
  return [...new Map(found.map((binding) => [`${binding.strength} ${binding.valueSet}`, binding])).values()];
}

/** The code map a rule translates by. */
const mapOf = ({ does }: IrRule): string | undefined => ('translate' in does ? does.translate?.map : undefined);
