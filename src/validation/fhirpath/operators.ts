// The binary operators (http://hl7.org/fhirpath/N1/#operations), over compiled operands.
import { calculate, concatenate } from './arithmetic.js';
import type { Closure } from './closure.js';
import { compare, distinctItems, equal, equivalent, includes } from './comparison.js';
import { maybe, no, none, truth, yes, type Collection } from './item.js';
import { booleanOf, oneOf } from './singletons.js';

type Operate = (left: Collection, right: Collection) => Collection;

const ordered =
  (holds: (order: number) => boolean): Operate =>
  (left, right) => {
    const order = compare(left, right);
    return order === undefined ? none : truth(holds(order));
  };

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function membership(item: Collection, items: Collection): Collection {
  const one = oneOf(item);
  return one === undefined ? none : truth(includes(items, one));
}

const operations: Readonly<Record<string, Operate>> = {
  '=': (left, right) => maybe(equal(left, right)),
  '!=': (left, right) => maybe(negated(equal(left, right))),
  '~': (left, right) => truth(equivalent(left, right)),
  '!~': (left, right) => truth(!equivalent(left, right)),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '|': (left, right) => distinctItems([...left, ...right]),
  '&': concatenate,
  in: membership,
  contains: (left, right) => membership(right, left),
  xor: (left, right) => {
    const [a, b] = [booleanOf(left), booleanOf(right)];
    return a === undefined || b === undefined ? none : truth(a !== b);
  },
};

/** Logic of three values: the right operand is only evaluated where it can decide (#boolean-logic). */
const logic: Readonly<Record<string, (left: Closure, right: Closure) => Closure>> = {
  and: (left, right) => (input, environment) => {
    const a = booleanOf(left(input, environment));
    if (a === false) return no;
    const b = booleanOf(right(input, environment));
    return b === false ? no : a === true && b === true ? yes : none;
  },
  or: (left, right) => (input, environment) => {
    const a = booleanOf(left(input, environment));
    if (a === true) return yes;
    const b = booleanOf(right(input, environment));
    return b === true ? yes : a === false && b === false ? no : none;
  },
  implies: (left, right) => (input, environment) => {
    const a = booleanOf(left(input, environment));
    if (a === false) return yes;
    const b = booleanOf(right(input, environment));
    return b === true ? yes : a === true && b === false ? no : none;
  },
};

/** The closure of a binary operator. */
export function operator(name: string, left: Closure, right: Closure): Closure {
  const connective = logic[name];
  if (connective !== undefined) return connective(left, right);
  const operate = operations[name] ?? ((a: Collection, b: Collection) => calculate(name, a, b));
  return (input, environment) => operate(left(input, environment), right(input, environment));
}
