// Fixed values and patterns (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_, pattern_x_).
import type { JsonObject, JsonValue } from '../../model/json.js';
import { sameValue } from '../fhirpath/comparison.js';
import { isList, isObject } from '../objects.js';

/** Everything that the pattern has, the value has too; every item of a list fits one of the value's. */
export function fitsPattern(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (isList(pattern)) {
    if (!isList(value)) return false;
    return pattern.every((each) => value.some((item) => fitsPattern(item, each)));
  }
  if (!isObject(pattern)) return sameValue(value, pattern);
  return isObject(value) && fitsMembers(value, pattern);
}

const fitsMembers = (value: JsonObject, pattern: JsonObject): boolean =>
  Object.keys(pattern).every((key) => {
    const wanted = pattern[key];
    return wanted === undefined || fitsPattern(value[key], wanted);
  });

/** Steps to the members in which two values differ: `['coding[0]', 'code']`; none when they are the same. */
export function differences(
  value: JsonValue | undefined,
  fixed: JsonValue | undefined,
  at: readonly string[] = [],
): string[][] {
  if (sameValue(value, fixed)) return [];
  if (isObject(value) && isObject(fixed)) {
    const keys = [...new Set([...Object.keys(fixed), ...Object.keys(value)])].filter(
      (key) => key !== 'id' && key !== 'extension',
    );
    return keys.flatMap((key) => differences(value[key], fixed[key], [...at, key]));
  }
  if (isList(value) && isList(fixed) && value.length === fixed.length)
    return value.flatMap((each, index) =>
      differences(each, fixed[index], [...at.slice(0, -1), `${at.at(-1)}[${index}]`]),
    );
  return [[...at]];
}
