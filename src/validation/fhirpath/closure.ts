// What an expression becomes: a closure over its input and the circumstances of the evaluation.
import type { JsonObject } from '../../model/json.js';
import type { Collection, Item } from './item.js';
import type { FhirTypes } from './types.js';

/** What the host of an evaluation can look up. Each may be absent: an expression that needs it then cannot be evaluated. */
export interface Host {
  /** The resource that a reference or canonical names; undefined when it cannot be found. */
  readonly resolve?: (reference: string, from: Item) => JsonObject | undefined;
  /** Is the code, Coding or CodeableConcept in the value set? Undefined when that cannot be told. */
  readonly memberOf?: (item: Item, valueSet: string) => boolean | undefined;
  /** Does the resource conform to the profile? Undefined when the profile is not known. */
  readonly conformsTo?: (item: Item, profile: string) => boolean | undefined;
  /** Is the XHTML safe and well-formed (txt-1, txt-2)? */
  readonly htmlChecks?: (item: Item) => boolean;
  /** The present moment, ISO 8601. */
  readonly now?: () => string;
}

/** One evaluation. */
export interface Environment {
  readonly types: FhirTypes;
  readonly host: Host;
  /** `%context`: what the expression as a whole is evaluated on. */
  readonly context: Collection;
  /** `%resource`: the resource that holds the context. */
  readonly resource: Collection;
  /** `%rootResource`: its container where it is contained. */
  readonly rootResource: Collection;
  /** `$this`, `$index`, `$total` of the innermost iteration. */
  self: Collection;
  index: number;
  total: Collection;
}

export type Closure = (input: Collection, environment: Environment) => Collection;

/** A function of the language: its parameters compiled, it makes the closure of a call. */
export interface FunctionDefinition {
  /** Fewest and most parameters. */
  readonly arity: readonly [number, number];
  readonly make: (parameters: readonly Closure[]) => Closure;
}

/** A function that sees its input and the values of its parameters, which are evaluated on `$this` of the caller. */
export const plain = (
  arity: FunctionDefinition['arity'],
  apply: (input: Collection, parameters: readonly Collection[], environment: Environment) => Collection,
): FunctionDefinition => ({
  arity,
  make: (parameters) => {
    const [first, ...others] = parameters;
    if (first === undefined) return (input, environment) => apply(input, nothing, environment);
    if (others.length === 0)
      return (input, environment) => apply(input, [first(environment.self, environment)], environment);
    return (input, environment) =>
      apply(
        input,
        parameters.map((each) => each(environment.self, environment)),
        environment,
      );
  },
});

const nothing: readonly Collection[] = [];

/** A function without parameters. */
export const nullary = (apply: (input: Collection, environment: Environment) => Collection): FunctionDefinition => ({
  arity: [0, 0],
  make: () => apply,
});

/** Evaluates an expression with an item as `$this`. */
export function withSelf(closure: Closure, item: Item, index: number, environment: Environment): Collection {
  const { self, index: outer } = environment;
  const input = [item];
  environment.self = input;
  environment.index = index;
  const result = closure(input, environment);
  environment.self = self;
  environment.index = outer;
  return result;
}
