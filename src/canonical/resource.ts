// The shapes of canonical form: a resource with its id, and the Bundle that a message becomes.
import type { JsonObject } from '../model/json.js';

export interface Resource extends JsonObject {
  readonly resourceType: string;
  readonly id: string;
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
