// What a mapping package can write, read from its rules: elements of resources (`Patient.birthDate`) and extensions.
import type { IrPackage, IrStep } from '../../mappings/language/ir.js';
import { placedRules, typeOf } from '../../mappings/language/placed-rules.js';

export interface WrittenContent {
  /** `Type.element`, sorted; no deeper than the resource's own members. */
  readonly elements: readonly string[];
  /** Absolute URLs, sorted: those without a scheme belong to the extension they stand in. */
  readonly extensions: readonly string[];
}

/** @param isResource tells resource types from the datatypes that modules build as well. */
export function writtenBy(ir: IrPackage, isResource: (type: string) => boolean): WrittenContent {
  const elements = new Set<string>();
  const extensions = new Set<string>();
  const note = (type: string, steps: readonly IrStep[]): void => {
    const [first] = steps;
    // `_birthDate` holds the extensions of birthDate.
    if (isResource(type) && first !== undefined) elements.add(`${type}.${first.name.replace(/^_/, '')}`);
    for (const { url } of steps) if (url !== undefined && /^[a-z]+:/.test(url)) extensions.add(url);
  };
  for (const { rule, type, steps } of placedRules(ir)) {
    note(type, steps);
    if (rule.does.kind === 'into') for (const { to } of rule.does.refs) note(typeOf(rule.does.instance), to);
  }
  return { elements: [...elements].sort(), extensions: [...extensions].sort() };
}
