// Elements that a contract binds to a value set at a version (http://hl7.org/fhir/R4/terminologies.html#strength, as the
// contract weighs it). An element that is absent breaks nothing: `required` asks for it.
import { issue } from '../../model/issue.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { CodingTest } from '../../terminology/operations/coding-test.js';
import { isList, isObject } from '../objects.js';
import { valuesOf, type BoundElement, type CodedType } from './bound-element.js';
import type { Breach, ContractCheck } from './check.js';
import type { BoundValueSet } from './contract.js';
import { severityOf } from './weight.js';

/** What was found for a binding when it was compiled. */
export interface Binding {
  readonly element: BoundElement;
  readonly test: CodingTest;
}

export function valueSetCheck(
  contract: string,
  type: string,
  { element: name, valueSet, onViolation }: BoundValueSet,
  { element, test }: Binding,
): ContractCheck {
  const holds = tests[element.type];
  const args = { contract, element: `${type}.${name}`, valueSet };
  const severity = severityOf[onViolation];
  return (resources) => {
    const breaches: Breach[] = [];
    for (const [at, resource] of resources.entries()) {
      if (resource.type !== type) continue;
      for (const { value, path: expression } of valuesOf(resource.content, type, element))
        if (!holds(value, test))
          breaches.push({ at, issue: issue('contract.value-set', args, { severity, expression }) });
    }
    return breaches;
  };
}

type Holds = (value: JsonValue, test: CodingTest) => boolean;

const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function codingHolds({ system, version, code }: JsonObject, test: CodingTest): boolean {
  const [url, own] = [text(system), text(version)];
  // A Coding without a system is of no system (http://hl7.org/fhir/R4/datatypes.html#Coding): no value set has it.
  if (url === undefined) return false;
  return test({ system: url, code: text(code) ?? '', ...(own !== undefined && { version: own }) });
}

/** Extensions alone (why it is absent) say nothing that could be of a value set. */
const says = (value: JsonObject, ...members: readonly string[]): boolean =>
  members.some((member) => value[member] !== undefined);

const tests: Readonly<Record<CodedType, Holds>> = {
  code: (value, test) => typeof value !== 'string' || test({ code: value }),
  Coding: (value, test) => !isObject(value) || !says(value, 'system', 'code', 'display') || codingHolds(value, test),
  // At least one of the codings is of the set.
  CodeableConcept: (value, test) => {
    if (!isObject(value)) return true;
    const { coding } = value;
    if (isList(coding)) return coding.some((each) => isObject(each) && codingHolds(each, test));
    return !says(value, 'text');
  },
  // An amount whose unit is not coded has none that could be of the set.
  Quantity: (value, test) =>
    !isObject(value) || !says(value, 'value', 'unit', 'system', 'code') || codingHolds(value, test),
};
