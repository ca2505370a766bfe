// Stamping: the last step, which says in the Bundle itself by what work its resources came to be.
import { sha256Hex, withoutClock } from './digest.js';
import { canonicalJson } from './json.js';
import { provenance, type StampContext } from './provenance.js';
import { entryOf, type Bundle, type Entry, type Resource } from './resource.js';

export type { StampContext } from './provenance.js';

export interface Stamped {
  readonly bundle: Bundle;
  /** SHA-256 over the canonical JSON of the Bundle, the moment the gateway received it left out. */
  readonly digest: string;
}

/**
 * Stamps a canonical Bundle: a Provenance with all others as its target is the last entry. The same Bundle, pins and
 * receivedAt give the same bytes; the digest does not even depend on receivedAt. A Bundle without resources has nothing to
 * stamp.
 */
export function stamp(canonical: Bundle, context: StampContext): Stamped {
  const entries = canonical.entry ?? [];
  const targets = entries.map(({ resource }) => resource).filter(({ resourceType }) => resourceType !== 'Provenance');
  if (targets.length === 0) return { bundle: canonical, digest: sha256Hex(canonicalJson(canonical)) };
  const own = entryOf(provenance(targets, context), context.base);
  const stampedWith = (last: Entry): Bundle => ({ ...canonical, entry: [...entries, last] });
  return { bundle: stampedWith(own), digest: sha256Hex(canonicalJson(stampedWith(unrecorded(own)))) };
}

// A Provenance that the mapping wrote keeps its `recorded`: that is the sender's clock, part of what was said.
const unrecorded = ({ fullUrl, resource }: Entry): Entry => ({ fullUrl, resource: withoutClock(resource) as Resource });
