// One Bundle per message (http://hl7.org/fhir/R4/bundle.html): the canonical form that is validated and then stamped.
import type { IdentifiedResource } from './identity.js';
import { entryOf, resourceOf, sourcedResource, type Bundle } from './resource.js';

export interface BundleContext {
  /** Becomes the Bundle's id. */
  readonly messageId: string;
  /** Becomes `meta.source` of every resource. */
  readonly source: string;
  /** The server base that fullUrls start with, without a slash at the end. */
  readonly base: string;
}

/**
 * Puts the resources of a message into a Bundle: of type `message`, its MessageHeader first (bdl-12), where the mapping
 * wrote one; else `collection`. The others keep their order. `Type/id` references resolve against the fullUrls. What the
 * mapping wrote of a resource of type Bundle (`identifier`, `timestamp`) goes into the Bundle itself.
 */
export function bundle(resources: readonly IdentifiedResource[], { messageId, source, base }: BundleContext): Bundle {
  const own = resources.find(({ type }) => type === 'Bundle')?.content ?? {};
  const ordered = headerFirst(resources.filter(({ type }) => type !== 'Bundle'));
  const entry = ordered.map(({ type, id, content }) => entryOf(sourcedResource(type, id, content, source), base));
  return Object.assign(resourceOf('Bundle', messageId, own), {
    type: ordered[0]?.type === 'MessageHeader' ? 'message' : 'collection',
    ...(entry.length > 0 && { entry }),
  }) as Bundle;
}

function headerFirst(resources: readonly IdentifiedResource[]): readonly IdentifiedResource[] {
  const header = resources.find(({ type }) => type === 'MessageHeader');
  return header === undefined ? resources : [header, ...resources.filter((resource) => resource !== header)];
}
