// Structural validation compiled from definitions: one object per type and per property, made when
// the type is first met.
import type { Definitions, ElementModel, ElementType, TypeModel } from '../model/definitions.js';
import { GatewayError } from '../model/error.js';
import type { Issue } from '../model/issue.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { requiredBinding } from './bindings.js';
import { ComplexSlot, PrimitiveSlot, ResourceSlot, SiblingSlot, type Place, type Slot } from './element-check.js';
import { isObject } from './objects.js';
import { primitiveFormat } from './primitives/formats.js';
import { bundleScope, ReferenceCheck } from './references.js';
import { structuralRules, type Rule } from './rules/index.js';
import { Run, type Check } from './run.js';
import { TypeCheck } from './type-check.js';

/** Checks a resource; an empty list means that nothing was found. Never throws for what the resource holds. */
export type Validator = (resource: JsonObject) => Issue[];

const capitalized = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

/** Ids and `Extension.url` are attributes: they cannot be extended (http://hl7.org/fhir/R4/json.html#primitive). */
const isAttribute = (owner: TypeModel, name: string): boolean =>
  name === 'id' || (owner.name === 'Extension' && name === 'url');

/** Elements of which a type must know whether they are there: it finds a bit for each (R4 has at most nine in a type). */
const isMarked = ({ name, min }: ElementModel): boolean => min > 0 || name.endsWith('[x]');

/** As many as a number's bitwise operators tell apart. */
const mostMarks = 31;

class ValidatorCompiler {
  private readonly definitions: Definitions;
  private readonly rules: readonly Rule[];
  private readonly checks = new Map<string, TypeCheck>();
  constructor(definitions: Definitions, rules: readonly Rule[]) {
    this.definitions = definitions;
    this.rules = rules;
  }

  private readonly isResourceType = (name: string): boolean => this.definitions.type(name)?.kind === 'resource';

  /** The check of a type's objects, compiled once. */
  private checkOf(name: string): TypeCheck {
    const known = this.checks.get(name);
    if (known !== undefined) return known;
    const type = this.definitions.type(name);
    if (type === undefined) throw new GatewayError('fault', `The definitions lack the type ${name}.`);
    const rules = this.rules.filter((rule) => rule.type === name);
    const check = new TypeCheck(type, this.slotsOf(type), rules);
    this.checks.set(name, check);
    return check;
  }

  private slotsOf(type: TypeModel): ReadonlyMap<string, Slot> {
    const elements = type.elements.filter(({ max }) => max !== 0);
    const marked = elements.filter(isMarked);
    if (marked.length > mostMarks)
      throw new GatewayError('fault', `${type.name} has more choices and required elements than its check can mark.`);
    const mark = (element: ElementModel): number => (isMarked(element) ? 1 << marked.indexOf(element) : 0);
    return new Map(elements.flatMap((element) => this.slotsOfElement(type, element, mark(element))));
  }

  private slotsOfElement(owner: TypeModel, element: ElementModel, mark: number): (readonly [string, Slot])[] {
    const base = element.name.replace('[x]', '');
    const isChoice = base !== element.name;
    return element.types.flatMap((type) => {
      const name = isChoice ? base + capitalized(type.code) : base;
      const step = isChoice ? `${base}.ofType(${type.code})` : base;
      return this.slotsOfType(owner, { name, element, step, mark }, type);
    });
  }

  /** The property of an element of this type; of a primitive also what may stand beside it. */
  private slotsOfType(owner: TypeModel, place: Place, type: ElementType): (readonly [string, Slot])[] {
    const { name, element } = place;
    const model = this.definitions.type(type.code);
    if (model?.kind === 'resource')
      return [[name, new ResourceSlot(place, name === 'contained' ? this.containedCheck : this.resourceCheck)]];
    if (model?.kind !== 'primitive-type') return [[name, this.complex(place, type)]];
    const binding = requiredBinding(this.definitions, element, model.name);
    const value = new PrimitiveSlot(place, model.name, primitiveFormat(model), binding);
    if (isAttribute(owner, name)) return [[name, value]];
    return [
      [name, value],
      [`_${name}`, new SiblingSlot(place, () => this.checkOf(model.name))],
    ];
  }

  private complex(place: Place, type: ElementType): Slot {
    const { element } = place;
    const reference = type.code === 'Reference' ? new ReferenceCheck(type, this.isResourceType) : undefined;
    return new ComplexSlot(place, type, () => this.checkOf(element.children ?? type.code), {
      binding: requiredBinding(this.definitions, element, type.code),
      reference,
    });
  }

  /** The check of a resource by its own type; undefined when it names none. */
  private resourceType(value: JsonObject): TypeModel | undefined {
    const { resourceType } = value;
    const type = typeof resourceType === 'string' ? this.definitions.type(resourceType) : undefined;
    return type?.kind === 'resource' && type.abstract !== true ? type : undefined;
  }

  /** A resource in `contained`: references into its container see the container's resources. */
  private readonly containedCheck: Check = (value: JsonValue, run: Run): void => {
    if (!isObject(value)) return run.report('validate.wrong-type', { element: 'resource', expected: 'an object' });
    const type = this.resourceType(value);
    if (type === undefined) return run.report('validate.unknown-type');
    const { bundle } = run;
    if (type.name === 'Bundle') run.bundle = bundleScope(value, bundle);
    this.checkOf(type.name).check(value, run);
    run.bundle = bundle;
  };

  /** A resource of its own: the root, `Bundle.entry.resource`, `Parameters.parameter.resource`. */
  private readonly resourceCheck: Check = (value: JsonValue, run: Run): void => {
    const { container } = run;
    run.container = isObject(value) ? value : container;
    this.containedCheck(value, run);
    run.container = container;
  };

  readonly validate: Validator = (resource) => {
    const run = new Run();
    run.trail.enter(this.resourceType(resource)?.name ?? 'Resource');
    this.resourceCheck(resource, run);
    return run.found;
  };
}

/**
 * Compiles structural validation (http://hl7.org/fhir/R4/validation.html: structure, cardinality, value domains, bindings):
 * unknown elements, cardinality, types, choices, primitive formats, required bindings, empty values, contained resources,
 * Bundle entries, reference targets, and references that a Bundle should resolve.
 *
 * @param rules what must hold beside the structure; invariants and profiles add theirs.
 */
export function compileValidator(definitions: Definitions, rules: readonly Rule[] = structuralRules): Validator {
  return new ValidatorCompiler(definitions, rules).validate;
}
