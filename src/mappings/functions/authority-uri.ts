// Which URI an assigning authority (HD, or EI.2 to EI.4) has.
import type { Feed } from '../../model/feed.js';
import type { MappingFunction } from './function.js';

const isOid = (text: string): boolean => /^[0-2](\.(0|[1-9]\d*))+$/.test(text);
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const isUri = (text: string): boolean => /^(https?:\/\/|urn:)\S+$/i.test(text);

/** A universal id as a URI, or undefined where its type (table 0301) has none. The text's own shape wins over the type. */
export function universalUri(universal: string, type = ''): string | undefined {
  if (isUri(universal)) return universal;
  if (isOid(universal)) return `urn:oid:${universal}`;
  if (isUuid(universal)) return `urn:uuid:${universal.toLowerCase()}`;
  if (type === 'DNS' && /^[\w.-]+$/.test(universal)) return `urn:dns:${universal.toLowerCase()}`;
  return undefined;
}

const registered = (feed: Pick<Feed, 'namespaces'>, name: string | undefined): string | undefined =>
  name === undefined ? undefined : feed.namespaces.get(name)?.uri;

/**
 * The URI of an assigning authority: the feed's entry for the namespace id, else the universal id (ISO as `urn:oid:`,
 * UUID as `urn:uuid:`, URIs as they stand, DNS as `urn:dns:`), else the feed's entry for the universal id; undefined when
 * none is known. A namespace id alone is no URI (HL7 v2.5.1 ch. 2A.36: it is a name of table 0363, local to the site).
 */
export function authorityUriOf(
  feed: Pick<Feed, 'namespaces'>,
  namespace: string | undefined,
  universal: string | undefined,
  type: string | undefined,
): string | undefined {
  const known = registered(feed, namespace);
  if (known !== undefined || universal === undefined) return known;
  return universalUri(universal.trim(), (type ?? '').toUpperCase()) ?? registered(feed, universal);
}

export const authorityUri: MappingFunction = {
  name: 'authority-uri',
  version: 1,
  doc: 'The URI of an assigning authority, from the feed’s namespaces or its universal id (HL7 v2.5.1 ch. 2A.36, HD).',
  inputs: [
    { name: 'namespace', doc: 'Namespace id (HD.1, EI.2)', optional: true },
    { name: 'universal', doc: 'Universal id (HD.2, EI.3)', optional: true },
    { name: 'type', doc: 'Universal id type, table 0301 (HD.3, EI.4)', optional: true },
  ],
  output: 'uri',
  examples: [
    { given: ['LAB', '1.2.840.99999.1', 'ISO'], gives: 'urn:oid:1.2.840.99999.1' },
    { given: ['SITE', null, null], gives: 'urn:oid:2.999.1', because: 'the feed registers SITE' },
    { given: ['LAB', null, null], gives: null, because: 'a local name is no URI' },
    {
      given: [null, '8D5A1E9C-3B0F-4C57-9F6A-0D6C1B2A3E4F', 'UUID'],
      gives: 'urn:uuid:8d5a1e9c-3b0f-4c57-9f6a-0d6c1b2a3e4f',
    },
    { given: [null, 'http://lab.example.org/ids', 'URI'], gives: 'http://lab.example.org/ids' },
    { given: [null, 'Lab.Example.org', 'DNS'], gives: 'urn:dns:lab.example.org' },
    { given: [null, 'not an oid', 'ISO'], gives: null, because: 'the type alone makes no OID' },
  ],
  run: ([namespace, universal, type], { feed }) => authorityUriOf(feed, namespace, universal, type),
};
