// Required bindings (http://hl7.org/fhir/R4/terminologies.html#required): the code must be one of the value set.
import type { Definitions, ElementModel } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isList, isObject } from './objects.js';
import type { Check } from './run.js';

type Codes = NonNullable<ReturnType<Definitions['codes']>>;

/** A code element has no system: it is a code of any system of the set. */
function codeTest(codes: Codes): (value: JsonValue) => boolean {
  const all = new Set([...codes.values()].flatMap((each) => [...each]));
  return (value) => typeof value !== 'string' || all.has(value);
}

const inCodes = (codes: Codes, { system, code }: JsonObject): boolean =>
  typeof system === 'string' && typeof code === 'string' && codes.get(system)?.has(code) === true;

const codingTest =
  (codes: Codes) =>
  (value: JsonValue): boolean =>
    !isObject(value) || inCodes(codes, value);

/** At least one coding is of the set; a concept that only carries extensions (data absent) says nothing that could be. */
const conceptTest =
  (codes: Codes) =>
  (value: JsonValue): boolean => {
    if (!isObject(value)) return true;
    const { coding, text } = value;
    if (isList(coding)) return coding.some((each) => isObject(each) && inCodes(codes, each));
    return text === undefined;
  };

const tests: Readonly<Record<string, (codes: Codes) => (value: JsonValue) => boolean>> = {
  code: codeTest,
  Coding: codingTest,
  CodeableConcept: conceptTest,
};

/** The check of an element's required binding; undefined when it has none or its codes cannot be enumerated. */
export function bindingCheck(definitions: Definitions, { binding }: ElementModel, type: string): Check | undefined {
  if (binding?.strength !== 'required') return undefined;
  const codes = definitions.codes(binding.valueSet);
  const makeTest = tests[type];
  if (codes === undefined || makeTest === undefined) return undefined;
  const test = makeTest(codes);
  const { valueSet } = binding;
  return (value, run) => {
    if (!test(value)) run.report('validate.binding', { valueSet });
  };
}
