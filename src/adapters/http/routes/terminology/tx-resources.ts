// Resources that come with a request (`tx-resource`). They are the same ones again and again, so each is kept in compiled
// form under the digest of its content.
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { contentOf, overlay, type Content, type Entries } from '../../../../terminology/content.js';
import { entriesOf, joinEntries, type TerminologyResource } from '../../../../terminology/entries.js';
import type { InParameters } from './in-parameters.js';

const kinds: ReadonlySet<unknown> = new Set(['CodeSystem', 'ValueSet', 'ConceptMap']);

/** Compiled resources take several times their text; this bounds the texts. */
const kept = new LRUCache<string, Entries>({ maxSize: 64 * 1024 * 1024, maxEntrySize: 16 * 1024 * 1024 });

function keptEntries(resource: Readonly<Record<string, unknown>>): Entries {
  const text = JSON.stringify(resource);
  const key = createHash('sha256').update(text).digest('base64');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const entries = entriesOf(resource as unknown as TerminologyResource);
  kept.set(key, entries, { size: text.length });
  return entries;
}

/** The installation's content with the request's own resources over it. */
export function contentFor(parameters: InParameters, installed: Content): Content {
  const resources = [...parameters.resources('tx-resource'), ...parameters.resources('codeSystem')];
  const usable = resources.filter(({ resourceType, url }) => kinds.has(resourceType) && typeof url === 'string');
  return usable.length === 0 ? installed : overlay(contentOf(joinEntries(usable.map(keptEntries))), installed);
}

/** A value set given in the request, kept like the others: what is compiled for it is found again. */
export function givenValueSet(parameters: InParameters, name: string) {
  const [resource] = parameters.resources(name);
  if (resource === undefined) return undefined;
  return resource['resourceType'] === 'ValueSet' ? keptEntries(resource).valueSets[0]?.resource() : undefined;
}
