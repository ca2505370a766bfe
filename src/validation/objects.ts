// Telling JSON's shapes apart.
import type { JsonObject } from '../model/json.js';

export { isList, isObject } from '../model/json.js';

/** Has the object no member with a value? */
export function isEmptyObject(value: JsonObject): boolean {
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
}
