// References between the resources of one message, while they are still instances.
import { GatewayError } from '../model/error.js';
import type { MappedResource } from '../model/mapped.js';
import { referenceTo } from './resource.js';

export type Ids = ReadonlyMap<MappedResource, string>;

/** Fills the holders of a resource's pending references in place. */
export function fillReferences(resource: MappedResource, referenceOf: (target: MappedResource) => string): void {
  for (const { holder, target } of resource.references) holder['reference'] = referenceOf(target);
}

/** The reference to each resource: made once, however many refer to it. */
export function referencesOf(ids: Ids): ReadonlyMap<MappedResource, string> {
  const references = new Map<MappedResource, string>();
  for (const [resource, id] of ids) references.set(resource, referenceTo(resource.type, id));
  return references;
}

/** The settled id of a resource of the message, or of one that it refers to; or the reference made of it. */
export function idOf(ids: Ids, resource: MappedResource): string {
  const id = ids.get(resource);
  if (id === undefined) throw new GatewayError('fault', `A ${resource.type} of the message has no id.`);
  return id;
}

/**
 * The resources in an order in which each comes after those of them that it refers to. What refers to itself in a circle,
 * or to such, is left out (Kahn's algorithm).
 */
export function targetsFirst(resources: readonly MappedResource[]): MappedResource[] {
  const among = new Set(resources);
  const awaited = new Map<MappedResource, Set<MappedResource>>();
  const awaiting = new Map<MappedResource, MappedResource[]>(resources.map((resource) => [resource, []]));
  for (const resource of resources) {
    const targets = new Set(resource.references.map(({ target }) => target).filter((target) => among.has(target)));
    awaited.set(resource, targets);
    for (const target of targets) awaiting.get(target)!.push(resource);
  }
  const ordered = resources.filter((resource) => awaited.get(resource)!.size === 0);
  for (const target of ordered) {
    for (const resource of awaiting.get(target)!) {
      const targets = awaited.get(resource)!;
      targets.delete(target);
      if (targets.size === 0) ordered.push(resource);
    }
  }
  return ordered;
}
