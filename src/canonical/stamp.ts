// Stamping: the last step, which says in the Bundle itself where every resource came from.
import type { JsonObject } from '../model/json.js';
import { sha256Hex, withoutClock } from './digest.js';
import { feedUri } from './ids.js';
import { canonicalJson } from './json.js';
import { provenance, type StampContext } from './provenance.js';
import { entryOf, withMeta, type Bundle, type Entry, type Resource } from './resource.js';

export type { StampContext } from './provenance.js';

export interface Stamped {
  readonly bundle: Bundle;
  /** SHA-256 over the canonical JSON of the Bundle, the moment the gateway received it left out. */
  readonly digest: string;
}

/**
 * Stamps a canonical Bundle: `meta.source` of every resource names feed and message, and a Provenance with all others as
 * its target is the last entry. Profiles and tags of the mapping stay. The same Bundle, pins and receivedAt give the same
 * bytes; the digest does not even depend on receivedAt. A Bundle without resources has nothing to stamp.
 */
export function stamp(canonical: Bundle, context: StampContext): Stamped {
  const source = `${feedUri(context.feed.name)}#${context.messageId}`;
  const resources = (canonical.entry ?? []).map((entry) => entry.resource);
  const targets = resources.filter((resource) => resource.resourceType !== 'Provenance');
  const own = targets.length > 0 ? provenance(targets, context) : undefined;
  const entries = [...(canonical.entry ?? []), ...(own ? [entryOf(own, context.base)] : [])];
  const entry = entries.map(({ fullUrl, resource }) => {
    return { fullUrl, resource: withSource(resource, source) };
  });
  const stamped = entry.length > 0 ? { ...canonical, entry } : canonical;
  return { bundle: stamped, digest: sha256Hex(canonicalJson(withoutReceipt(stamped, own?.id))) };
}

const withSource = (resource: Resource, source: string): Resource =>
  withMeta(resource, resource.meta === undefined ? { source } : { source, ...(resource.meta as JsonObject) });

// A Provenance that the mapping wrote keeps its `recorded`: that is the sender's clock, part of what was said.
const withoutReceipt = (stamped: Bundle, own: string | undefined): JsonObject => ({
  ...stamped,
  entry: stamped.entry?.map((entry) => (entry.resource.id === own ? unrecorded(entry) : entry)),
});

const unrecorded = (entry: Entry): JsonObject => ({ ...entry, resource: withoutClock(entry.resource) });
