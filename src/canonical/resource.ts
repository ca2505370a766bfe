// The shapes of canonical form: a resource with its id, and the Bundle that a message becomes.
import type { JsonObject, JsonValue } from '../model/json.js';

export interface Resource extends JsonObject {
  readonly resourceType: string;
  readonly id: string;
}

/** A resource that gets its members one by one: the engine copies a whole object behind others more slowly. */
type Growing = Resource & Record<string, JsonValue | undefined>;

/** A resource of a type with this content, which has neither `resourceType` nor `id`. */
export function resourceOf(resourceType: string, id: string, content: JsonObject): Resource {
  const resource: Growing = { resourceType, id };
  for (const name in content) resource[name] = content[name];
  return resource;
}

/** The same as it leaves the gateway: it says where it came from, before what the mapping wrote of its `meta`. */
export function sourcedResource(resourceType: string, id: string, content: JsonObject, source: string): Resource {
  const told = content['meta'] as JsonObject | undefined;
  const resource: Growing = { resourceType, id, meta: told === undefined ? { source } : { source, ...told } };
  for (const name in content) if (name !== 'meta') resource[name] = content[name];
  return resource;
}

export interface Entry extends JsonObject {
  readonly fullUrl: string;
  readonly resource: Resource;
}

export interface Bundle extends JsonObject {
  readonly resourceType: 'Bundle';
  readonly id: string;
  readonly type: 'message' | 'collection';
  /** Absent, never empty, when the message became no resource. */
  readonly entry?: readonly Entry[];
}

/** An entry whose fullUrl is the resource's place at the base. */
export const entryOf = (resource: Resource, base: string): Entry => ({
  fullUrl: `${base}/${referenceTo(resource.resourceType, resource.id)}`,
  resource,
});

/** A relative reference, which resolves by the rules of a Bundle (http://hl7.org/fhir/R4/bundle.html#references). */
export const referenceTo = (type: string, id: string): string => `${type}/${id}`;
