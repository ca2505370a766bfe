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

const environmentOf = ({ types, host, resource, rootResource }: Place, context: Collection): Environment => ({
  types,
  host,
  context,
  resource: [resource],
  rootResource: [rootResource],
  self: context,
  index: 0,
  total: none,
});

/**
 * Evaluates an expression on an item.
 *
 * @throws EvaluationFailure when it has no value here.
 */
export function evaluate(closure: Closure, item: Item, place: Place): Collection {
  const context = [item];
  return closure(context, environmentOf(place, context));
}

/** What evaluating an invariant gives: it holds, it does not, or it cannot be evaluated here. */
export type Verdict = 'holds' | 'fails' | 'open';

/** An invariant holds when it is true; empty counts as not true (http://hl7.org/fhir/R4/conformance-rules.html#constraints). */
export function verdictOf(closure: Closure, item: Item, place: Place): Verdict {
  try {
    return booleanOf(evaluate(closure, item, place)) === true ? 'holds' : 'fails';
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof SyntaxFailure) return 'open';
    throw error;
  }
}
