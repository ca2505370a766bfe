// The stored form of a resource's lineage: each rule is named once, each leaf is a short tuple. About a third of the
// size of the objects it stands for.
import type { Position } from '../../model/issue.js';
import type { Conversion, LeafLineage } from '../../model/lineage.js';

type StoredPosition = readonly [path: string] | readonly [path: string, offset: number];
type StoredLeaf = readonly [
  element: string,
  rule: number,
  from: readonly StoredPosition[],
  conversions?: readonly Conversion[],
];

interface StoredLineage {
  readonly rules: readonly (readonly [rule: string, version: string])[];
  readonly leaves: readonly StoredLeaf[];
}

/** Compact JSON of the leaves, in their order. */
export function lineageText(leaves: readonly LeafLineage[]): string {
  const rules = new Map<string, number>();
  const stored = leaves.map((leaf): StoredLeaf => {
    const key = `${leaf.rule}\n${leaf.version}`;
    const rule = rules.get(key) ?? rules.size;
    rules.set(key, rule);
    const from = leaf.from.map(storedPosition);
    return leaf.conversions === undefined ? [leaf.element, rule, from] : [leaf.element, rule, from, leaf.conversions];
  });
  return JSON.stringify({ rules: [...rules.keys()].map((key) => key.split('\n')), leaves: stored });
}

const storedPosition = ({ path, offset }: Position): StoredPosition => (offset === undefined ? [path] : [path, offset]);

/** The leaves again, equal to those that were stored. */
export function lineageOf(text: string): LeafLineage[] {
  const { rules, leaves } = JSON.parse(text) as StoredLineage;
  return leaves.map(([element, index, from, conversions]) => {
    const [rule, version] = rules[index]!;
    const leaf = { element, from: from.map(positionOf), rule, version };
    return conversions === undefined ? leaf : { ...leaf, conversions };
  });
}

const positionOf = ([path, offset]: StoredPosition): Position => (offset === undefined ? { path } : { path, offset });
