// http://hl7.org/fhirpath/N1/#existence
import { nullary, plain, withSelf, type Closure, type Environment, type FunctionDefinition } from '../closure.js';
import { distinctItems, includes } from '../comparison.js';
import { integer, maybe, truth, type Collection } from '../item.js';
import { booleanOf } from '../singletons.js';

const some = (criteria: Closure, input: Collection, environment: Environment): boolean =>
  input.some((item, index) => booleanOf(withSelf(criteria, item, index, environment)) === true);

const every = (criteria: Closure, input: Collection, environment: Environment): boolean =>
  input.every((item, index) => booleanOf(withSelf(criteria, item, index, environment)) === true);

const exists: FunctionDefinition = {
  arity: [0, 1],
  make: ([criteria]) =>
    criteria === undefined
      ? (input) => truth(input.length > 0)
      : (input, environment) => truth(some(criteria, input, environment)),
};

const booleans = (input: Collection): (boolean | undefined)[] => input.map((item) => booleanOf([item]));

export const existence: Readonly<Record<string, FunctionDefinition>> = {
  empty: nullary((input) => truth(input.length === 0)),
  exists,
  all: {
    arity: [1, 1],
    make:
      ([criteria]) =>
      (input, environment) =>
        truth(every(criteria!, input, environment)),
  },
  not: nullary((input) => {
    const value = booleanOf(input);
    return maybe(value === undefined ? undefined : !value);
  }),
  allTrue: nullary((input) => truth(booleans(input).every((each) => each === true))),
  anyTrue: nullary((input) => truth(booleans(input).some((each) => each === true))),
  allFalse: nullary((input) => truth(booleans(input).every((each) => each === false))),
  anyFalse: nullary((input) => truth(booleans(input).some((each) => each === false))),
  subsetOf: plain([1, 1], (input, [other = []]) => truth(input.every((item) => includes(other, item)))),
  supersetOf: plain([1, 1], (input, [other = []]) => truth(other.every((item) => includes(input, item)))),
  count: nullary((input) => integer(input.length)),
  distinct: nullary(distinctItems),
  isDistinct: nullary((input) => truth(distinctItems(input).length === input.length)),
};
