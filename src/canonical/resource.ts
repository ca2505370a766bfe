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

/** The same resource with another `meta`, which stands before all else. */
export function withMeta(resource: Resource, meta: JsonObject): Resource {
  const other: Growing = { resourceType: resource.resourceType, id: resource.id, meta };
  for (const name in resource) if (name !== 'meta') other[name] = resource[name];
  return other;
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
