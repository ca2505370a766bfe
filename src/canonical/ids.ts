// How identifiers are derived. Every id is a name-based UUID (RFC 9562, version 5) in two steps: the owner of the name
// (assigning authority or feed), itself a URI, gives a namespace below the URL namespace; the name says the rest.
import { urlNamespace, uuidV5 } from './digest.js';
import { memoized } from './memo.js';

/** The URI that stands for a feed: owner of names that no assigning authority owns. */
export const feedUri = (feed: string): string => `urn:concord:feed:${feed}`;

/** The URI of a message of a feed: `meta.source` of what became of it. */
export const sourceUri = (feed: string, message: string): string => `${feedUri(feed)}#${message}`;

const namespaceOf = memoized((uri) => uuidV5(urlNamespace, uri));

/**
 * The id of a thing that its assigning authority names: `type|key` in the authority's namespace. `ordinal` counts things
 * of one message that share a key but differ (2 is the second): a type never holds `#`, so no key can collide with it.
 *
 * @param authority a URI, e.g. `urn:oid:2.16.840.1.113883.19.5`
 */
export const businessId = (authority: string, type: string, key: string, ordinal = 1): string =>
  uuidV5(namespaceOf(authority), `${ordinalType(type, ordinal)}|${key}`);

/** The id of a thing known by its content alone: the content's digest in the feed's namespace. */
export const contentId = (feed: string, type: string, digest: string): string =>
  uuidV5(namespaceOf(feedUri(feed)), `${type}|sha-256|${digest}`);

/** The id of message `index` (from 0) of the payload with this SHA-256: the same bytes give the same id. */
export const messageId = (feed: string, payloadDigest: string, index: number): string =>
  uuidV5(namespaceOf(feedUri(feed)), `message|${payloadDigest}|${index}`);

/** The id of a thing that has a name within its message only. */
export const idWithin = (message: string, type: string, key: string, ordinal = 1): string =>
  uuidV5(message, `${ordinalType(type, ordinal)}|${key}`);

const ordinalType = (type: string, ordinal: number): string => (ordinal === 1 ? type : `${type}#${ordinal}`);
