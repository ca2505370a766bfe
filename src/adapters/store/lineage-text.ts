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

/** A rule, and the rules that led to it where there were any. */
type NamedRule = readonly [rule: string, version: string, via?: readonly string[]];

interface StoredLineage {
  readonly rules: readonly NamedRule[];
  readonly leaves: readonly StoredLeaf[];
}

/** Compact JSON of the leaves, in their order. Joined by hand: this is done for every leaf of every message. */
export function lineageText(leaves: readonly LeafLineage[]): string {
  const rules = new RuleNumbers();
  let text = '';
  for (const leaf of leaves) {
    const { element, from, conversions } = leaf;
    const more = conversions === undefined ? '' : `,${JSON.stringify(conversions)}`;
    text += `${text === '' ? '' : ','}[${quote(element)},${rules.numberOf(leaf)},[${positions(from)}]${more}]`;
  }
  return `{"rules":${JSON.stringify(rules.named)},"leaves":[${text}]}`;
}

function positions(from: readonly Position[]): string {
  let text = '';
  for (const { path, offset } of from) {
    text += `${text === '' ? '' : ','}[${quote(path)}${offset === undefined ? '' : `,${offset}`}]`;
  }
  return text;
}

/** Rules in the order met, each with the way that led to it. */
class RuleNumbers {
  readonly named: NamedRule[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf({ rule, version, via }: LeafLineage): number {
    const key = via === undefined ? `${rule} ${version}` : `${rule} ${version} ${via.join(' ')}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.named.push(via === undefined ? [rule, version] : [rule, version, via]) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

// What JSON must escape, and lone surrogates, which have no UTF-8.
// eslint-disable-next-line no-control-regex
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;

const quote = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`);

/** The leaves again, equal to those that were stored. */
export function lineageOf(text: string): LeafLineage[] {
  const { rules, leaves } = JSON.parse(text) as StoredLineage;
  return leaves.map(([element, index, from, conversions]) => {
    const [rule, version, via] = rules[index]!;
    const leaf = { element, from: from.map(positionOf), rule, version, ...(via && { via }) };
    return conversions === undefined ? leaf : { ...leaf, conversions };
  });
}

const positionOf = ([path, offset]: StoredPosition): Position => (offset === undefined ? { path } : { path, offset });
