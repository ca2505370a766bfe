// The ids of a message's resources. Whether two instances of one key are the same depends on what they refer to, and the
// id of what they refer to on whether it is the first of its key. So rounds go on, each telling more instances apart
// (as partition refinement does), until no id changes; one is enough where no key is shared.
import { GatewayError } from '../model/error.js';
import type { MappedResource } from '../model/mapped.js';
import { sha256Hex } from './digest.js';
import { isEntity } from './entities.js';
import { groupBy } from './groups.js';
import { businessId, contentId, idWithin } from './ids.js';
import { canonicalJson } from './json.js';
import { fillReferences, idOf, targetsFirst, type Ids } from './references.js';
import { referenceTo } from './resource.js';

/** Whose names are in force: the feed, and the message by its id. */
export interface Scope {
  readonly feed: string;
  readonly message: string;
}

/**
 * An id for every resource. Instances with one key share an id when their type is an entity or they say the same; else
 * the second gets ordinal 2, and so on. Throws a GatewayError (`fault`) for a reference to
 * something that is neither in the message nor named by a business key.
 */
export function settledIds(resources: readonly MappedResource[], scope: Scope): Ids {
  const content = resources.filter((resource) => resource.identity.scope === 'content');
  const named = namedIds(resources, scope);
  for (const resource of outside(resources, named, new Set(content))) named.set(resource, namedId(resource, scope));
  const shared = sharedKeys(resources, named);
  if (shared.length === 0) {
    identifyContent(content, named, scope);
    return named;
  }
  let ids: Ids = named;
  // A round that changes anything tells at least one more instance apart; the last two carry that through the digests.
  for (let round = 0; round <= resources.length + 2; round++) {
    const next = tellApart(shared, ids, scope);
    identifyContent(content, next, scope);
    if (same(ids, next)) return next;
    ids = next;
  }
  throw new GatewayError('fault', 'The identities of a message do not settle.');
}

const same = (a: Ids, b: Ids): boolean => a.size === b.size && [...a].every(([resource, id]) => b.get(resource) === id);

/** Of all that has a key. */
function namedIds(resources: readonly MappedResource[], scope: Scope): Map<MappedResource, string> {
  const ids = new Map<MappedResource, string>();
  for (const resource of resources)
    if (resource.identity.scope !== 'content') ids.set(resource, namedId(resource, scope));
  return ids;
}

/** What another message brings and this one refers to; only a business key can name it. */
function outside(
  resources: readonly MappedResource[],
  named: Ids,
  content: ReadonlySet<MappedResource>,
): readonly MappedResource[] {
  const absent: MappedResource[] = [];
  for (const { references } of resources)
    for (const { target } of references) if (!named.has(target) && !content.has(target)) absent.push(target);
  const nameless = absent.find(({ identity }) => identity.scope !== 'business');
  if (nameless === undefined) return absent;
  throw new GatewayError('fault', `A reference names a ${nameless.type} that is not in the message and has no key.`);
}

function namedId({ type, identity }: MappedResource, { message }: Scope, ordinal = 1): string {
  const { scope, authority, key } = identity;
  return scope === 'business' ? businessId(authority, type, key, ordinal) : idWithin(message, type, key, ordinal);
}

/** The instances that share a key and are no entity: they may have to be told apart. */
function sharedKeys(resources: readonly MappedResource[], named: Ids): MappedResource[][] {
  const events = resources.filter(({ type, identity }) => identity.scope !== 'content' && !isEntity(type));
  return [...groupBy(events, (resource) => idOf(named, resource)).values()].filter(({ length }) => length > 1);
}

function tellApart(shared: readonly MappedResource[][], before: Ids, scope: Scope): Map<MappedResource, string> {
  const ids = new Map([...before].filter(([resource]) => resource.identity.scope !== 'content'));
  for (const instances of shared) {
    for (const resource of instances)
      fillReferences(resource, (target) => referenceTo(target.type, before.get(target) ?? target.type));
    const different = [...groupBy(instances, (resource) => canonicalJson(resource.content)).values()];
    different.forEach((alike, i) => alike.forEach((resource) => ids.set(resource, namedId(resource, scope, i + 1))));
  }
  return ids;
}

// Content that refers to itself, in a circle, has no digest of its own, nor has content that refers to such: it is named
// by its place in the message.
function identifyContent(content: readonly MappedResource[], ids: Map<MappedResource, string>, scope: Scope): void {
  if (content.length === 0) return;
  const ordered = targetsFirst(content);
  if (ordered.length < content.length) {
    content.forEach((resource, i) => ids.set(resource, idWithin(scope.message, resource.type, `content|${i}`)));
  }
  for (const resource of ordered) {
    fillReferences(resource, (target) => referenceTo(target.type, idOf(ids, target)));
    ids.set(resource, contentId(scope.feed, resource.type, sha256Hex(canonicalJson(resource.content))));
  }
}
