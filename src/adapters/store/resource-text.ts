// The stored form of a resource, and its text again. Everything but `meta` is canonical JSON once and for all; the
// store adds `meta.versionId` and `meta.lastUpdated` when it is read (http://hl7.org/fhir/R4/resource.html#Meta).
import { canonicalJson } from '../../canonical/json.js';
import { contentHash } from '../../canonical/digest.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import { GatewayError } from '../../model/error.js';
import { readResource } from '../validation/resource-text.js';

export interface StoredText {
  readonly type: string;
  readonly id: string;
  readonly hash: string;
  /** Canonical JSON of `meta` without what the store adds. */
  readonly meta: string;
  /** Canonical JSON of the rest, without resourceType and id. */
  readonly content: string;
}

/** @param hash the content hash, where the caller has it. */
export function storedText(resource: JsonObject, hash = contentHash(resource)): StoredText {
  const { resourceType, id, meta, ...content } = resource;
  if (typeof resourceType !== 'string' || typeof id !== 'string') {
    throw new GatewayError('fault', 'A resource without type or id cannot be stored.');
  }
  return {
    type: resourceType,
    id,
    hash,
    meta: canonicalJson({ ...membersOf(meta), versionId: undefined, lastUpdated: undefined }),
    content: canonicalJson(content),
  };
}

const membersOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** The whole resource as FHIR JSON; `resourceType`, `id` and `meta` come first, as the specification prints them. */
export function resourceText(stored: {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly lastUpdated: string;
  readonly meta: string;
  readonly content: string;
}): string {
  const added = `"versionId":"${stored.version}","lastUpdated":"${stored.lastUpdated}"`;
  const meta = `{${joined(added, inner(stored.meta))}}`;
  const head = `"resourceType":"${stored.type}","id":${JSON.stringify(stored.id)},"meta":${meta}`;
  return `{${joined(head, inner(stored.content))}}`;
}

/** What a stored version says, as values: its content, and its `meta` without `source`. */
export function saidIn({ meta, content }: { readonly meta: string; readonly content: string }): JsonObject {
  const { source: _, ...said } = jsonOf(meta);
  return { ...jsonOf(content), ...(Object.keys(said).length > 0 && { meta: said }) };
}

// Numbers that JavaScript may print otherwise, such as 70.50, or in a text what looks like one.
const perhapsDecimal = /[:[,]-?(?:\d+[.eE]|\d{16})/;

/** An object of the store's own JSON; decimals keep their digits. */
export function jsonOf(text: string): JsonObject {
  if (!perhapsDecimal.test(text)) return JSON.parse(text) as JsonObject;
  const read = readResource(Buffer.from(text), Number.MAX_SAFE_INTEGER);
  if (!read.ok) throw new GatewayError('fault', 'The store holds a resource that is no JSON.');
  return read.value;
}

const inner = (object: string): string => object.slice(1, -1);
const joined = (first: string, rest: string): string => (rest === '' ? first : `${first},${rest}`);
