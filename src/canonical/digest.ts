// Digests and name-based identifiers: what two equal things have in common.
import { hash } from 'node:crypto';
import type { JsonObject } from '../model/json.js';
import { canonicalJson } from './json.js';
import { memoized } from './memo.js';

/** SHA-256 in lower-case hex; a string is hashed as UTF-8. */
export const sha256Hex = (content: Uint8Array | string): string => hash('sha256', content, 'hex');

// What a stored copy adds to a resource: http://hl7.org/fhir/R4/resource.html#Meta.
const addedByStore: ReadonlySet<string> = new Set(['versionId', 'lastUpdated', 'source']);

/**
 * SHA-256 over the canonical JSON of what a resource says: `meta.versionId`, `meta.lastUpdated` and `meta.source` are
 * left out, and a Provenance's `recorded`. Two versions with one hash say the same thing.
 */
export const contentHash = (resource: JsonObject): string => sha256Hex(canonicalJson(whatIsSaid(resource)));

function whatIsSaid(resource: JsonObject): JsonObject {
  const { meta, ...rest } = resource;
  const said = withoutClock(rest);
  return isObject(meta) ? { ...said, meta: saidMeta(meta) } : said;
}

/** The resource without the moment it was recorded at: a Provenance's `recorded` is the gateway's clock. */
export function withoutClock(resource: JsonObject): JsonObject {
  if (resource['resourceType'] !== 'Provenance') return resource;
  return { ...resource, recorded: undefined };
}

function saidMeta(meta: JsonObject): JsonObject | undefined {
  const kept = Object.entries(meta).filter(([key, member]) => !addedByStore.has(key) && member !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const isObject = (value: JsonObject[string]): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 9562 section 6.6: the namespaces of names that are URLs (or URIs) and object identifiers. */
export const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
export const oidNamespace = '6ba7b812-9dad-11d1-80b4-00c04fd430c8';

/**
 * A name-based UUID of version 5 (RFC 9562 section 5.5): equal namespace and name give an equal UUID, everywhere.
 *
 * @param namespace a UUID in its textual form
 * @param name any text, hashed as UTF-8
 * @example uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com') // 2ed6657d-e927-568b-95e1-2665a8aea6a2
 */
export function uuidV5(namespace: string, name: string): string {
  const octets = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  octets.set(namespaceOctets(namespace));
  octets.write(name, 16);
  const hex = hash('sha1', octets, 'hex');
  const variant = variants.charAt(digits.indexOf(hex.charAt(16)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What becomes of each digit where the variant stands: its upper bits are 10 (RFC 9562 section 4.1). */
const digits = '0123456789abcdef';
const variants = '89ab89ab89ab89ab';

const namespaceOctets = memoized((namespace: string) => Buffer.from(namespace.replaceAll('-', ''), 'hex'));
