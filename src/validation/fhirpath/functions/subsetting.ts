// http://hl7.org/fhirpath/N1/#subsetting and #combining
import { nullary, plain, type FunctionDefinition } from '../closure.js';
import { distinctItems, includes } from '../comparison.js';
import { none } from '../item.js';
import { numberOf, oneOf } from '../singletons.js';

export const subsetting: Readonly<Record<string, FunctionDefinition>> = {
  single: nullary((input) => (oneOf(input) === undefined ? none : input)),
  first: nullary((input) => input.slice(0, 1)),
  last: nullary((input) => input.slice(-1)),
  tail: nullary((input) => input.slice(1)),
  skip: plain([1, 1], (input, [count = none]) => input.slice(Math.max(0, numberOf(count) ?? 0))),
  take: plain([1, 1], (input, [count = none]) => input.slice(0, Math.max(0, numberOf(count) ?? 0))),
  intersect: plain([1, 1], (input, [other = none]) => distinctItems(input.filter((item) => includes(other, item)))),
  exclude: plain([1, 1], (input, [other = none]) => input.filter((item) => !includes(other, item))),
  union: plain([1, 1], (input, [other = none]) => distinctItems([...input, ...other])),
  combine: plain([1, 1], (input, [other = none]) => [...input, ...other]),
};
