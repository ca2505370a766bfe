// The check of one element: single or repeating, of a primitive, complex or resource type.
import type { ElementModel, ElementType } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isList, isObject } from './objects.js';
import { isOfKind, type PrimitiveFormat } from './primitives/formats.js';
import type { Check, Run } from './run.js';

/** One JSON property of a type: `birthDate`, `valueQuantity`. */
export interface Slot {
  /** The element's name in the definitions: `value[x]`. */
  readonly element: ElementModel;
  /** Step of the trail: `value.ofType(Quantity)`. */
  readonly step: string;
  /** Checks the value of the property; `holder` is the object that has it. */
  readonly check: (value: JsonValue, run: Run, holder: JsonObject) => void;
  /** Checks the value of the property with `_` before its name; absent where a primitive cannot have one. */
  readonly checkSibling?: (value: JsonValue, run: Run, holder: JsonObject) => void;
  /** Number of the choice it belongs to, from 0; -1 where it is none. */
  readonly choice: number;
}

const wrongType = (run: Run, { name }: ElementModel, expected: string): void =>
  run.report('validate.wrong-type', { element: name, expected });

/** An element whose `max` is 1 is no array. */
export const single =
  (element: ElementModel, check: Check): Slot['check'] =>
  (value, run) => {
    if (isList(value)) wrongType(run, element, 'a single value');
    else check(value, run);
  };

function checkCount(element: ElementModel, found: number, run: Run): void {
  const { max, min, name } = element;
  if (found === 0) run.report('validate.empty');
  else if (found < min) run.report('validate.cardinality-min', { element: name, min, found });
  else if (max > 0 && found > max) run.report('validate.cardinality-max', { element: name, max, found });
}

/** An element that repeats is an array, even of one. */
export const repeating =
  (element: ElementModel, check: Check): Slot['check'] =>
  (value, run) => {
    if (!isList(value)) return wrongType(run, element, 'an array');
    checkCount(element, value.length, run);
    for (let index = 0; index < value.length; index += 1) {
      run.trail.at(index);
      check(value[index] ?? null, run);
    }
    run.trail.at(-1);
  };

/** Values of a complex type: an object with elements of its own, then whatever else holds of it. */
export function complexCheck(element: ElementModel, type: ElementType, visit: Check, after: readonly Check[]): Check {
  return (value, run) => {
    if (!isObject(value)) return wrongType(run, element, `an object (${type.code})`);
    visit(value, run);
    for (const check of after) check(value, run);
  };
}

/** Values of a primitive type. */
export function primitiveCheck(
  element: ElementModel,
  type: string,
  format: PrimitiveFormat,
  after: readonly Check[],
): Check {
  return (value, run) => {
    if (value === '') return run.report('validate.empty');
    if (!isOfKind(value, format.json)) return wrongType(run, element, `a JSON ${format.json} (${type})`);
    if (!format.accepts(value)) return run.report('validate.primitive-format', { type });
    for (const check of after) check(value, run);
  };
}

/**
 * A primitive in an array may be null where its extensions stand in the array of the same name with `_`
 * (http://hl7.org/fhir/R4/json.html#primitive).
 */
export function repeatingPrimitive(element: ElementModel, name: string, check: Check): Slot['check'] {
  const sibling = `_${name}`;
  return (value, run, holder) => {
    const others = holder[sibling];
    let at = -1;
    const item: Check = (each, within) => {
      at += 1;
      if (each !== null) return check(each, within);
      if (!isList(others) || !isObject(others[at])) within.report('validate.empty');
    };
    repeating(element, item)(value, run, holder);
  };
}

/** The array beside it: an Element or null per item; null where the item has a value. */
export function repeatingSibling(element: ElementModel, name: string, check: Check): Slot['check'] {
  return (value, run, holder) => {
    const values = holder[name];
    let at = -1;
    const item: Check = (each, within) => {
      at += 1;
      if (each !== null) return check(each, within);
      if (!isList(values) || (values[at] ?? null) === null) within.report('validate.empty');
    };
    repeating(element, item)(value, run, holder);
  };
}
