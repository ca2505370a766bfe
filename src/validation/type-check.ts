// The check of one type: every property is an element of it, required ones are there, a choice has one value.
import type { ElementModel, TypeModel } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isEmptyObject } from './objects.js';
import type { Slot } from './element-check.js';
import type { Rule } from './rules/index.js';
import type { Check, Run } from './run.js';

/** Deeper than any FHIR resource in use; the validator is recursive. */
const deepest = 100;

interface Requirement {
  readonly element: ElementModel;
  /** The properties any of which satisfies it. */
  readonly names: readonly string[];
}

/** Names that are safe to show: a property of a foreign object may be anything. */
const isName = (text: string): boolean => /^_?[A-Za-z][A-Za-z0-9]{0,63}$/.test(text);

function requirementsOf(type: TypeModel, slots: ReadonlyMap<string, Slot>): readonly Requirement[] {
  return type.elements
    .filter(({ min }) => min > 0)
    .map((element) => {
      const properties = [...slots].filter(([, slot]) => slot.element === element).map(([name]) => name);
      return { element, names: properties.flatMap((name) => [name, `_${name}`]) };
    });
}

function checkRequired(requirements: readonly Requirement[], value: JsonObject, run: Run): void {
  for (const { element, names } of requirements)
    if (!hasAny(names, value))
      run.report('validate.cardinality-min', { element: element.name, min: element.min, found: 0 });
}

function hasAny(names: readonly string[], value: JsonObject): boolean {
  for (const name of names) if (value[name] !== undefined) return true;
  return false;
}

function unknownElement(name: string, run: Run): void {
  run.report('validate.unknown-element', {}, isName(name) ? name : undefined);
}

function tooMany(slot: Slot, run: Run): void {
  run.report('validate.cardinality-max', { element: slot.element.name, max: 1, found: 2 });
}

/**
 * Compiles the check of a type's objects.
 *
 * @param slots the type's elements by JSON property.
 * @param rules those of this type.
 */
export function typeCheck(type: TypeModel, slots: ReadonlyMap<string, Slot>, rules: readonly Rule[]): Check {
  const requirements = requirementsOf(type, slots);
  const isResource = type.kind === 'resource';

  function checkProperty(name: string, value: JsonValue, holder: JsonObject, run: Run, chosen: number): number {
    const isSibling = name.charCodeAt(0) === 95;
    const plain = isSibling ? name.slice(1) : name;
    const slot = slots.get(plain);
    const check = isSibling ? slot?.checkSibling : slot?.check;
    if (slot === undefined || check === undefined) {
      if (name !== 'resourceType' || !isResource) unknownElement(name, run);
      return chosen;
    }
    run.trail.enter(slot.step);
    check(value, run, holder);
    run.trail.leave();
    if (slot.choice < 0 || (isSibling && holder[plain] !== undefined)) return chosen;
    const bit = 1 << slot.choice;
    if ((chosen & bit) !== 0) tooMany(slot, run);
    return chosen | bit;
  }

  return (value, run) => {
    const object = value as JsonObject;
    if (run.trail.depth > deepest && !isEmptyObject(object)) return run.report('validate.depth', { limit: deepest });
    let chosen = 0;
    let empty = true;
    for (const name in object) {
      const member = object[name];
      if (member === undefined) continue;
      empty = false;
      chosen = checkProperty(name, member, object, run, chosen);
    }
    if (empty) return run.report('validate.empty');
    checkRequired(requirements, object, run);
    for (const rule of rules) if (!rule.holds(object)) run.report('validate.invariant', { key: rule.key });
  };
}
