// Telling JSON's shapes apart.
import { Decimal, type JsonObject, type JsonValue } from '../model/json.js';

export const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** A JSON object: neither null, array, nor a decimal with its text. */
export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

/** Has the object no member with a value? */
export function isEmptyObject(value: JsonObject): boolean {
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}
