// How many leaves a resource has, by where they came from.
import { Decimal, isList, type JsonValue } from '../model/json.js';
import type { LeafCounts, LeafLineage } from '../model/lineage.js';

/** The leaves that a lineage tells of; an element that several accounts told of is one leaf, the first one's. */
export function leafCounts(lineage: readonly LeafLineage[]): LeafCounts {
  const counts = { sourced: 0, fixed: 0, assumed: 0 };
  const told = new Set<string>();
  for (const leaf of lineage) {
    if (told.has(leaf.element)) continue;
    told.add(leaf.element);
    counts[originOf(leaf)] += 1;
  }
  return counts;
}

function originOf({ conversions = [] }: LeafLineage): keyof LeafCounts {
  const kinds = conversions.map(({ kind }) => kind);
  return kinds.includes('fixed') ? 'fixed' : kinds.includes('assumed') ? 'assumed' : 'sourced';
}

/** How many leaves stand in a resource's content. */
export function leavesIn(content: JsonValue | undefined): number {
  if (content === undefined) return 0;
  if (content === null || typeof content !== 'object' || content instanceof Decimal) return 1;
  let leaves = 0;
  if (isList(content)) for (const item of content) leaves += leavesIn(item);
  else for (const name in content) leaves += leavesIn(content[name]);
  return leaves;
}

/** Of several resources together. */
export const allLeaves = (resources: readonly { readonly counts: LeafCounts }[]): LeafCounts =>
  resources.reduce(
    (all, { counts }) => ({
      sourced: all.sourced + counts.sourced,
      fixed: all.fixed + counts.fixed,
      assumed: all.assumed + counts.assumed,
    }),
    { sourced: 0, fixed: 0, assumed: 0 },
  );
