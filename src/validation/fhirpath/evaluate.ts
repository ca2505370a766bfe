// Running a compiled expression on an element.
import { EvaluationFailure, SyntaxFailure } from './failure.js';
import type { Closure, Environment, Host } from './closure.js';
import { none, type Collection, type Item } from './item.js';
import { booleanOf } from './singletons.js';
import type { FhirTypes } from './types.js';

/** Where an expression is evaluated. */
export interface Place {
  readonly types: FhirTypes;
  readonly host: Host;
  readonly resource: Item;
  readonly rootResource: Item;
}

/** The circumstances of expressions on one item: all its invariants may share them. */
export function environmentOf({ types, host, resource, rootResource }: Place, item: Item): Environment {
  const context = [item];
  const within = resource === item ? context : [resource];
  const root = rootResource === resource ? within : [rootResource];
  return { types, host, context, resource: within, rootResource: root, self: context, index: 0, total: none };
}

/**
 * Evaluates an expression on an item.
 *
 * @throws EvaluationFailure when it has no value here.
 */
export function evaluate(closure: Closure, item: Item, place: Place): Collection {
  const environment = environmentOf(place, item);
  return closure(environment.context, environment);
}

/** What evaluating an invariant gives: it holds, it does not, or it cannot be evaluated here. */
export type Verdict = 'holds' | 'fails' | 'open';

/** An invariant holds when it is true; empty counts as not true (http://hl7.org/fhir/R4/conformance-rules.html#constraints). */
export function verdictOf(closure: Closure, environment: Environment): Verdict {
  const { context } = environment;
  // An evaluation that failed before may have left an iteration.
  environment.self = context;
  environment.index = 0;
  environment.total = none;
  try {
    return booleanOf(closure(context, environment)) === true ? 'holds' : 'fails';
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof SyntaxFailure) return 'open';
    throw error;
  }
}
