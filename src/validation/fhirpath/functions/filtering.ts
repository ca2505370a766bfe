// http://hl7.org/fhirpath/N1/#filtering-and-projection, and the tree (#tree-navigation) and aggregates (#aggregates).
import { nullary, withSelf, type Closure, type Environment, type FunctionDefinition } from '../closure.js';
import { includes } from '../comparison.js';
import { EvaluationFailure } from '../failure.js';
import { none, type Collection, type Item } from '../item.js';
import { childrenOf, descendantsOf } from '../navigation.js';
import { booleanOf } from '../singletons.js';

const where: FunctionDefinition = {
  arity: [1, 1],
  make:
    ([criteria]) =>
    (input, environment) =>
      input.filter((item, index) => booleanOf(withSelf(criteria!, item, index, environment)) === true),
};

const select: FunctionDefinition = {
  arity: [1, 1],
  make:
    ([projection]) =>
    (input, environment) =>
      input.flatMap((item, index) => withSelf(projection!, item, index, environment)),
};

/** No resource has more elements; a projection that makes items forever is stopped. */
const mostItems = 100_000;

function repeated(projection: Closure, input: Collection, environment: Environment): Collection {
  const found: Item[] = [];
  let level = input;
  while (level.length > 0) {
    const next = level.flatMap((item, index) => withSelf(projection, item, index, environment));
    level = next.filter((item) => !includes(found, item));
    found.push(...level);
    if (found.length > mostItems) throw new EvaluationFailure('repeat() finds no end.');
  }
  return found;
}

function aggregated(step: Closure, initial: Collection, input: Collection, environment: Environment): Collection {
  const { total } = environment;
  environment.total = initial;
  input.forEach((item, index) => {
    environment.total = withSelf(step, item, index, environment);
  });
  const result = environment.total;
  environment.total = total;
  return result;
}

export const filtering: Readonly<Record<string, FunctionDefinition>> = {
  where,
  select,
  repeat: {
    arity: [1, 1],
    make:
      ([projection]) =>
      (input, environment) =>
        repeated(projection!, input, environment),
  },
  aggregate: {
    arity: [1, 2],
    make:
      ([step, initial]) =>
      (input, environment) =>
        aggregated(step!, initial?.(environment.self, environment) ?? none, input, environment),
  },
  children: nullary((input) => input.flatMap(childrenOf)),
  descendants: nullary(descendantsOf),
};
