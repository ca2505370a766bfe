// The leaves of a resource by their element paths, as lineage names them.
import { Decimal, type JsonObject, type JsonValue } from '../../src/model/json.js';

/** Paths such as `name[0].family` of every value that holds no others. */
export function leafPaths(value: JsonValue | undefined, path = ''): string[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object' || value instanceof Decimal) return [path];
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, at) => leafPaths(item, `${path}[${at}]`));
  return Object.entries(value as JsonObject).flatMap(([name, member]) =>
    leafPaths(member, path === '' ? name : `${path}.${name}`),
  );
}

/** True for a place that is the other or stands in it: `PID-3[1].4` in `PID-3[1]`, `row 3, column A` in `row 3`. */
export const isWithin = (path: string, place: string): boolean =>
  path.startsWith(place) && !/^\w/.test(path.slice(place.length));
