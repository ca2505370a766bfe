// The check of one type: every property is an element of it, required ones are there, a choice has one value.
import type { ElementModel, TypeModel } from '../model/definitions.js';
import type { JsonObject } from '../model/json.js';
import { isEmptyObject } from './objects.js';
import type { Slot } from './element-check.js';
import type { Rule } from './rules/index.js';
import type { ObjectCheck, Run } from './run.js';

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
      const plain = properties.filter((name) => !name.startsWith('_'));
      return { element, names: plain.flatMap((name) => [name, `_${name}`]) };
    });
}

const hasAny = (names: readonly string[], value: JsonObject): boolean =>
  names.some((name) => value[name] !== undefined);

/** The check of a type's objects. */
export class TypeCheck implements ObjectCheck {
  readonly #slots: ReadonlyMap<string, Slot>;
  /** The marks of all that is required. */
  readonly #required: number;
  readonly #rules: readonly Rule[];
  readonly #requirements: readonly Requirement[];
  readonly #isResource: boolean;

  /**
   * @param slots the type's elements by JSON property.
   * @param rules those of this type.
   */
  constructor(type: TypeModel, slots: ReadonlyMap<string, Slot>, rules: readonly Rule[]) {
    this.#slots = slots;
    this.#rules = rules;
    this.#requirements = requirementsOf(type, slots);
    this.#required = 0;
    for (const { mark, element } of slots.values()) if (element.min > 0) this.#required |= mark;
    this.#isResource = type.kind === 'resource';
  }

  check(object: JsonObject, run: Run): void {
    if (run.trail.depth > deepest && !isEmptyObject(object)) return run.report('validate.depth', { limit: deepest });
    const slots = this.#slots;
    let marks = 0;
    let empty = true;
    for (const name in object) {
      const value = object[name];
      if (value === undefined) continue;
      empty = false;
      const slot = slots.get(name);
      if (slot === undefined) {
        this.#foreign(name, run);
        continue;
      }
      slot.visit(value, run, object);
      if (slot.mark === 0 || slot.isBeside(object)) continue;
      if (slot.isChoice && (marks & slot.mark) !== 0) tooMany(slot, run);
      marks |= slot.mark;
    }
    if (empty) return run.report('validate.empty');
    if ((marks & this.#required) !== this.#required) this.#checkRequired(object, run);
    for (const rule of this.#rules) if (!rule.holds(object)) run.report('validate.invariant', { key: rule.key });
  }

  /** A property that is no element of the type. */
  #foreign(name: string, run: Run): void {
    if (name === 'resourceType' && this.#isResource) return;
    run.report('validate.unknown-element', {}, isName(name) ? name : undefined);
  }

  #checkRequired(object: JsonObject, run: Run): void {
    for (const { element, names } of this.#requirements)
      if (!hasAny(names, object))
        run.report('validate.cardinality-min', { element: element.name, min: element.min, found: 0 });
  }
}

function tooMany(slot: Slot, run: Run): void {
  run.report('validate.cardinality-max', { element: slot.element.name, max: 1, found: 2 });
}
