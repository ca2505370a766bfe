// is, as, ofType (http://hl7.org/fhirpath/N1/#types).
import type { Closure } from './closure.js';
import type { Item } from './item.js';
import { truth } from './item.js';
import { oneOf } from './singletons.js';

/**
 * Is the item of the type? An unqualified system name also holds of the FHIR primitive with that value: R4's own
 * invariants mean that (que-7: `answer is Boolean`).
 */
function isOf(name: string): (item: Item) => boolean {
  const [namespace, local] = name.includes('.') ? (name.split('.') as [string, string]) : [undefined, name];
  return ({ type }) => {
    if (namespace !== undefined && namespace !== type.namespace) return false;
    return type.ancestors.has(local) || (namespace === undefined && type.system === local);
  };
}

/** What is not there is of no type: R4's own invariants count on that (ras-2: `probability is decimal implies …`). */
export function isType(of: Closure, name: string): Closure {
  const test = isOf(name);
  return (input, environment) => {
    const item = oneOf(of(input, environment));
    return truth(item !== undefined && test(item));
  };
}

/** R4 uses `as` on collections too: it filters like ofType() there. */
export function asType(of: Closure, name: string): Closure {
  const test = isOf(name);
  return (input, environment) => of(input, environment).filter(test);
}
