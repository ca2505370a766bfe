// The codings of a resource, wherever they stand. Most of them give nothing to note: no path is put together, and nothing
// allocated, for those.
import { Decimal, isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';

/** The way to a coding: member names and list places, the coding's own at the end. Valid during the visit only. */
export type Steps = readonly (string | number)[];

/** @param holders what the coding stands in, the resource first; lists are among them. */
export type VisitCoding = (coding: JsonObject, steps: Steps, holders: readonly JsonValue[]) => void;

/** Visits each Coding: a system and a code. A Quantity has a value besides, and its unit is no matter of displays. */
export function eachCoding(content: JsonObject, visit: VisitCoding): void {
  visitMembers(content, visit, [], []);
}

function visitMembers(object: JsonObject, visit: VisitCoding, steps: (string | number)[], holders: JsonValue[]): void {
  holders.push(object);
  for (const key in object) {
    const value = object[key];
    if (typeof value !== 'object' || value === null || value instanceof Decimal) continue;
    steps.push(key);
    visitValue(value, visit, steps, holders);
    steps.pop();
  }
  holders.pop();
}

function visitValue(value: JsonValue, visit: VisitCoding, steps: (string | number)[], holders: JsonValue[]): void {
  if (isList(value)) {
    holders.push(value);
    for (let at = 0; at < value.length; at++) {
      steps.push(at);
      visitValue(value[at]!, visit, steps, holders);
      steps.pop();
    }
    holders.pop();
  } else if (isObject(value)) {
    if (typeof value['system'] === 'string' && typeof value['code'] === 'string' && value['value'] === undefined)
      visit(value, steps, holders);
    visitMembers(value, visit, steps, holders);
  }
}

/** `code.coding[0]` */
export function pathOf(steps: Steps): string {
  let path = '';
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else path += path === '' ? step : `.${step}`;
  }
  return path;
}

/** The CodeableConcept that a coding stands in, and its path: `coding` is its member, and not a resource's. */
export function conceptOf(
  steps: Steps,
  holders: readonly JsonValue[],
): { readonly value: JsonObject; readonly path: string } | undefined {
  const value = holders.at(-2);
  if (steps.at(-2) !== 'coding' || steps.length < 3 || !isObject(value)) return undefined;
  return { value, path: pathOf(steps.slice(0, -2)) };
}
