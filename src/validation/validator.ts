// Structural validation compiled from definitions: one closure per type, made when the type is first met.
import type { Definitions, ElementModel, ElementType, TypeModel } from '../model/definitions.js';
import { GatewayError } from '../model/error.js';
import type { Issue } from '../model/issue.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { bindingCheck } from './bindings.js';
import {
  complexCheck,
  primitiveCheck,
  repeating,
  repeatingPrimitive,
  repeatingSibling,
  single,
  type Slot,
} from './element-check.js';
import { isObject } from './objects.js';
import { primitiveFormat } from './primitives/formats.js';
import { bundleScope, referenceCheck } from './references.js';
import { structuralRules, type Rule } from './rules/index.js';
import { Run, type Check } from './run.js';
import { typeCheck } from './type-check.js';

/** Checks a resource; an empty list means that nothing was found. Never throws for what the resource holds. */
export type Validator = (resource: JsonObject) => Issue[];

const capitalized = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

/** Ids and `Extension.url` are attributes: they cannot be extended (http://hl7.org/fhir/R4/json.html#primitive). */
const isAttribute = (owner: TypeModel, name: string): boolean =>
  name === 'id' || (owner.name === 'Extension' && name === 'url');

class ValidatorCompiler {
  private readonly definitions: Definitions;
  private readonly rules: readonly Rule[];
  private readonly checks = new Map<string, Check>();
  constructor(definitions: Definitions, rules: readonly Rule[]) {
    this.definitions = definitions;
    this.rules = rules;
  }

  private readonly isResourceType = (name: string): boolean => this.definitions.type(name)?.kind === 'resource';

  /** The check of a type's objects, compiled once. */
  private checkOf(name: string): Check {
    const known = this.checks.get(name);
    if (known !== undefined) return known;
    const type = this.definitions.type(name);
    if (type === undefined) throw new GatewayError('fault', `The definitions lack the type ${name}.`);
    const rules = this.rules.filter((rule) => rule.type === name);
    const check = typeCheck(type, this.slotsOf(type), rules);
    this.checks.set(name, check);
    return check;
  }

  /** The check of a type that is compiled when it first runs: types contain each other. */
  private lazily(name: string): Check {
    let check: Check | undefined;
    return (value, run) => (check ??= this.checkOf(name))(value, run);
  }

  private slotsOf(type: TypeModel): ReadonlyMap<string, Slot> {
    const elements = type.elements.filter(({ max }) => max !== 0);
    const choices = elements.filter(({ name }) => name.endsWith('[x]'));
    return new Map(elements.flatMap((element) => this.slotsOfElement(type, element, choices.indexOf(element))));
  }

  private slotsOfElement(owner: TypeModel, element: ElementModel, choice: number): (readonly [string, Slot])[] {
    return element.types.map((type) => {
      const base = element.name.replace('[x]', '');
      const name = choice < 0 ? base : base + capitalized(type.code);
      const step = choice < 0 ? base : `${base}.ofType(${type.code})`;
      return [name, { element, step, choice, ...this.checksOfElement(owner, element, type, name) }];
    });
  }

  private checksOfElement(owner: TypeModel, element: ElementModel, type: ElementType, name: string) {
    const model = this.definitions.type(type.code);
    if (model?.kind === 'primitive-type') return this.primitiveSlot(owner, element, model, name);
    const resource = element.name === 'contained' ? this.containedCheck : this.resourceCheck;
    const check = model?.kind === 'resource' ? resource : this.complex(element, type);
    return { check: element.max === 1 ? single(element, check) : repeating(element, check) };
  }

  private primitiveSlot(owner: TypeModel, element: ElementModel, model: TypeModel, name: string) {
    const after = [bindingCheck(this.definitions, element, model.name) ?? []].flat();
    const value = primitiveCheck(element, model.name, primitiveFormat(model), after);
    const sibling = complexCheck(element, { code: 'Element' }, this.lazily(model.name), []);
    const check = element.max === 1 ? single(element, value) : repeatingPrimitive(element, name, value);
    if (isAttribute(owner, name)) return { check };
    const checkSibling = element.max === 1 ? single(element, sibling) : repeatingSibling(element, name, sibling);
    return { check, checkSibling };
  }

  private complex(element: ElementModel, type: ElementType): Check {
    const binding = bindingCheck(this.definitions, element, type.code);
    const reference = type.code === 'Reference' ? referenceCheck(type, this.isResourceType) : undefined;
    const after = [binding ?? [], reference ?? []].flat();
    return complexCheck(element, type, this.lazily(element.children ?? type.code), after);
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
    this.checkOf(type.name)(value, run);
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
