// The check of one element: single or repeating, of a primitive, complex or resource type. All properties of all types are
// objects of the few classes here (docs/adr/0028-validation-as-objects-of-few-classes.md).
import type { ElementModel, ElementType } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import type { RequiredBinding } from './bindings.js';
import { isList, isObject } from './objects.js';
import { isOfKind, type PrimitiveFormat } from './primitives/formats.js';
import type { ReferenceCheck } from './references.js';
import type { Check, ObjectCheck, Run } from './run.js';

/** Where a slot stands in its type. */
export interface Place {
  /** The JSON property, without `_`. */
  readonly name: string;
  /** The element's name in the definitions: `value[x]`. */
  readonly element: ElementModel;
  /** Step of the trail: `value.ofType(Quantity)`. */
  readonly step: string;
  /** The bit by which the type knows that the element is there: of a choice and of what is required; 0 of all else. */
  readonly mark: number;
}

/** One JSON property of a type: `birthDate`, `_birthDate`, `valueQuantity`. */
export abstract class Slot {
  readonly step: string;
  readonly mark: number;
  readonly isChoice: boolean;
  readonly isList: boolean;
  readonly element: ElementModel;
  constructor({ element, step, mark }: Place) {
    this.step = step;
    this.mark = mark;
    this.isChoice = element.name.endsWith('[x]');
    this.isList = element.max !== 1;
    this.element = element;
  }

  /** Checks the value of the property; `holder` is the object that has it. */
  visit(value: JsonValue, run: Run, holder: JsonObject): void {
    run.trail.enter(this.step);
    if (isList(value)) this.#visitList(value, run, holder);
    else if (this.isList) this.wrongType(run, 'an array');
    else this.check(value, run);
    run.trail.leave();
  }

  /** Does it only stand beside the value that is there? */
  isBeside(_holder: JsonObject): boolean {
    return false;
  }

  /** An element whose `max` is 1 is no array; one that repeats is an array, even of one. */
  #visitList(values: readonly JsonValue[], run: Run, holder: JsonObject): void {
    if (!this.isList) return this.wrongType(run, 'a single value');
    checkCount(this.element, values.length, run);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? null;
      run.trail.at(index);
      if (value === null) this.checkNull(index, run, holder);
      else this.check(value, run);
    }
    run.trail.at(-1);
  }

  protected abstract check(value: JsonValue, run: Run): void;

  /** Checks a null in an array. */
  protected checkNull(_index: number, run: Run, _holder: JsonObject): void {
    this.check(null, run);
  }

  protected wrongType(run: Run, expected: string): void {
    run.report('validate.wrong-type', { element: this.element.name, expected });
  }
}

function checkCount({ max, min, name }: ElementModel, found: number, run: Run): void {
  if (found === 0) run.report('validate.empty');
  else if (found < min) run.report('validate.cardinality-min', { element: name, min, found });
  else if (max > 0 && found > max) run.report('validate.cardinality-max', { element: name, max, found });
}

/** Values of a primitive type. */
export class PrimitiveSlot extends Slot {
  readonly #format: PrimitiveFormat;
  readonly #binding: RequiredBinding | undefined;
  readonly #type: string;
  /** Where its extensions stand. */
  readonly #beside: string;
  constructor(place: Place, type: string, format: PrimitiveFormat, binding: RequiredBinding | undefined) {
    super(place);
    this.#format = format;
    this.#binding = binding;
    this.#type = type;
    this.#beside = `_${place.name}`;
  }

  protected override check(value: JsonValue, run: Run): void {
    if (this.#format.isSure(value) || this.#isValid(value, run)) this.#binding?.check(value, run);
  }

  #isValid(value: JsonValue, run: Run): boolean {
    const format = this.#format;
    const type = this.#type;
    if (value === '') run.report('validate.empty');
    else if (!isOfKind(value, format.json)) this.wrongType(run, `a JSON ${format.json} (${type})`);
    else if (!format.accepts(value)) run.report('validate.primitive-format', { type });
    else return true;
    return false;
  }

  /**
   * A primitive in an array may be null where its extensions stand in the array of the same name with `_`
   * (http://hl7.org/fhir/R4/json.html#primitive).
   */
  protected override checkNull(index: number, run: Run, holder: JsonObject): void {
    const others = holder[this.#beside];
    if (!isList(others) || !isObject(others[index])) run.report('validate.empty');
  }
}

/** What holds of values of a complex type beside their elements. */
export interface Demands {
  readonly binding?: RequiredBinding | undefined;
  readonly reference?: ReferenceCheck | undefined;
}

/** Values of a complex type: an object with elements of its own, then whatever else holds of it. */
export class ComplexSlot extends Slot {
  /** Types contain each other: the check of this one's is made when it first is met. */
  readonly #typeCheck: () => ObjectCheck;
  #met: ObjectCheck | undefined;
  readonly #binding: RequiredBinding | undefined;
  readonly #reference: ReferenceCheck | undefined;
  readonly #type: ElementType;
  constructor(place: Place, type: ElementType, typeCheck: () => ObjectCheck, { binding, reference }: Demands = {}) {
    super(place);
    this.#typeCheck = typeCheck;
    this.#met = undefined;
    this.#binding = binding;
    this.#reference = reference;
    this.#type = type;
  }

  protected override check(value: JsonValue, run: Run): void {
    if (!isObject(value)) return this.wrongType(run, `an object (${this.#type.code})`);
    (this.#met ??= this.#typeCheck()).check(value, run);
    this.#binding?.check(value, run);
    this.#reference?.check(value, run);
  }
}

/** What stands beside a primitive value, under its name with `_`: its id and its extensions. */
export class SiblingSlot extends ComplexSlot {
  /** Where the value stands. */
  readonly #beside: string;
  constructor(place: Place, typeCheck: () => ObjectCheck) {
    super(place, { code: 'Element' }, typeCheck);
    this.#beside = place.name;
  }

  override isBeside(holder: JsonObject): boolean {
    return holder[this.#beside] !== undefined;
  }

  /** The array beside it: an Element or null per item; null where the item has a value. */
  protected override checkNull(index: number, run: Run, holder: JsonObject): void {
    const values = holder[this.#beside];
    if (!isList(values) || (values[index] ?? null) === null) run.report('validate.empty');
  }
}

/** Resources in an element: contained, in an entry, a parameter. */
export class ResourceSlot extends Slot {
  readonly #check: Check;
  constructor(place: Place, check: Check) {
    super(place);
    this.#check = check;
  }

  protected override check(value: JsonValue, run: Run): void {
    this.#check(value, run);
  }
}
