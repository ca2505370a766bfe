// http://hl7.org/fhirpath/N1/#string-manipulation
import { plain, nullary, type Closure, type FunctionDefinition } from '../closure.js';
import { integer, none, text, truth, type Collection } from '../item.js';
import { expressionTest, replacement } from '../regex/regular-expression.js';
import { numberOf, stringOf } from '../singletons.js';

/** Of a string and a string; nothing when either is empty. */
const ofTwo = (apply: (input: string, parameter: string) => Collection): FunctionDefinition =>
  plain([1, 1], (input, [parameter = none]) => {
    const [left, right] = [stringOf(input), stringOf(parameter)];
    return left === undefined || right === undefined ? none : apply(left, right);
  });

const ofOne = (apply: (input: string) => Collection): FunctionDefinition =>
  nullary((input) => {
    const value = stringOf(input);
    return value === undefined ? none : apply(value);
  });

function substring(value: string, start: number, length: number | undefined): Collection {
  if (start < 0 || start >= value.length) return none;
  return text(value.slice(start, length === undefined ? undefined : start + Math.max(0, length)));
}

/** The test of a pattern, made once where the pattern is always the same. */
function matching(anchored: boolean): FunctionDefinition['make'] {
  return ([pattern]: readonly Closure[]) => {
    let last: string | undefined;
    let test = (_: string): boolean => false;
    return (input, environment) => {
      const value = stringOf(input);
      const written = stringOf(pattern!(environment.self, environment));
      if (value === undefined || written === undefined) return none;
      if (written !== last) test = expressionTest(written, anchored);
      last = written;
      return truth(test(value));
    };
  };
}

export const strings: Readonly<Record<string, FunctionDefinition>> = {
  indexOf: ofTwo((input, part) => integer(input.indexOf(part))),
  lastIndexOf: ofTwo((input, part) => integer(input.lastIndexOf(part))),
  startsWith: ofTwo((input, part) => truth(input.startsWith(part))),
  endsWith: ofTwo((input, part) => truth(input.endsWith(part))),
  contains: ofTwo((input, part) => truth(input.includes(part))),
  matches: { arity: [1, 1], make: matching(false) },
  matchesFull: { arity: [1, 1], make: matching(true) },
  split: ofTwo((input, separator) => input.split(separator).flatMap(text)),
  upper: ofOne((input) => text(input.toUpperCase())),
  lower: ofOne((input) => text(input.toLowerCase())),
  length: ofOne((input) => integer(input.length)),
  trim: ofOne((input) => text(input.trim())),
  toChars: ofOne((input) => [...input].flatMap(text)),
  substring: plain([1, 2], (input, [start = none, length = none]) => {
    const [value, from] = [stringOf(input), numberOf(start)];
    return value === undefined || from === undefined ? none : substring(value, from, numberOf(length));
  }),
  replace: plain([2, 2], (input, [pattern = none, by = none]) => {
    const [value, part, other] = [stringOf(input), stringOf(pattern), stringOf(by)];
    if (value === undefined || part === undefined || other === undefined) return none;
    return text(value.replaceAll(part, () => other));
  }),
  replaceMatches: plain([2, 2], (input, [pattern = none, by = none]) => {
    const [value, written, other] = [stringOf(input), stringOf(pattern), stringOf(by)];
    if (value === undefined || written === undefined || other === undefined) return none;
    return text(replacement(written)(value, other));
  }),
  join: plain([0, 1], (input, [separator = none]) => {
    const values = input.flatMap((item) => stringOf([item]) ?? []);
    return values.length === 0 ? none : text(values.join(stringOf(separator) ?? ''));
  }),
};
