// http://hl7.org/fhirpath/N1/#math-1
import { nullary, plain, type FunctionDefinition } from '../closure.js';
import { decimal, integer, none, type Collection } from '../item.js';
import { numberOf, oneOf } from '../singletons.js';

const ofNumber = (apply: (value: number) => Collection): FunctionDefinition =>
  nullary((input) => {
    const value = numberOf(input);
    return value === undefined ? none : apply(value);
  });

const ofNumbers = (apply: (value: number, parameter: number) => number): FunctionDefinition =>
  plain([1, 1], (input, [parameter = none]) => {
    const [value, other] = [numberOf(input), numberOf(parameter)];
    return value === undefined || other === undefined ? none : decimal(apply(value, other));
  });

const round = (value: number, places: number): number =>
  (Math.sign(value) * Math.round(Math.abs(value) * 10 ** places)) / 10 ** places;

export const mathematics: Readonly<Record<string, FunctionDefinition>> = {
  abs: nullary((input) => {
    const value = numberOf(input);
    if (value === undefined) return none;
    return oneOf(input)?.type.system === 'Integer' ? integer(Math.abs(value)) : decimal(Math.abs(value));
  }),
  ceiling: ofNumber((value) => integer(Math.ceil(value))),
  floor: ofNumber((value) => integer(Math.floor(value))),
  truncate: ofNumber((value) => integer(Math.trunc(value))),
  exp: ofNumber((value) => decimal(Math.exp(value))),
  ln: ofNumber((value) => decimal(Math.log(value))),
  sqrt: ofNumber((value) => decimal(Math.sqrt(value))),
  log: ofNumbers((value, base) => Math.log(value) / Math.log(base)),
  power: ofNumbers((value, exponent) => value ** exponent),
  round: plain([0, 1], (input, [places = none]) => {
    const value = numberOf(input);
    return value === undefined ? none : decimal(round(value, numberOf(places) ?? 0));
  }),
};
