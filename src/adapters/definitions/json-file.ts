// Artifacts that are JSON files: one object each.
import { GatewayError } from '../../model/error.js';
import type { JsonObject } from '../../model/json.js';

/**
 * The object that a file holds.
 *
 * @param place what to call the file by: `valuesets/administrative-sex.json`.
 * @throws GatewayError `incorrect` when it is no JSON, or no object.
 */
export function readJsonObject(text: string, place: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('incorrect', `${place} is not JSON.`, { cause });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new GatewayError('incorrect', `${place} is not a JSON object.`);
  return value as JsonObject;
}
