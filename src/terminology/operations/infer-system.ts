// The code system of a code that came without one: any that the value set takes it from (`inferSystem`, R5).
import { codePath } from '../coding-path.js';
import type { Scope } from '../scope.js';
import type { ValueSetResource } from '../resources.js';
import { importOf } from '../value-sets/imports.js';
import { inValueSet } from '../value-sets/membership.js';

/** The URLs of all code systems with which the code is in the value set. */
export function inferSystem(code: string, valueSet: ValueSetResource, scope: Scope): readonly string[] {
  const systems = new Set<string>();
  const visited = new Set<ValueSetResource>();
  const visit = (each: ValueSetResource): void => {
    if (visited.has(each)) return;
    visited.add(each);
    for (const { system, valueSet: imports } of each.compose?.include ?? []) {
      if (system !== undefined) systems.add(system);
      for (const reference of imports ?? []) {
        const imported = importOf(each, reference, scope);
        if (imported !== undefined) visit(imported);
      }
    }
  };
  visit(valueSet);
  return [...systems].filter((system) => {
    const { outcome, concept } = inValueSet(valueSet, { coding: { system, code }, path: codePath, scope });
    return outcome === 'in' && concept !== undefined;
  });
}
