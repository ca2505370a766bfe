// The filters along the hierarchy, answered from the closure of an edition.
import type { Concept, Selection } from '../code-systems/code-system.js';
import type { ConceptSource } from './edition-concept.js';

/** A set of ordinals as what a filter takes; sorted, for the expansion has the edition's order. */
export function selectionOf(source: ConceptSource, ordinals: ArrayLike<number>, bits?: Uint8Array): Selection {
  let known = bits;
  const has = (ordinal: number): boolean => {
    if (known === undefined) {
      known = new Uint8Array(source.edition.size);
      for (let index = 0; index < ordinals.length; index += 1) known[ordinals[index]!] = 1;
    }
    return known[ordinal] === 1;
  };
  let listed: readonly Concept[] | undefined;
  return {
    takes: ({ ordinal }) => has(ordinal),
    concepts: () => (listed ??= Array.from(ordinals, (each) => source.at(each))),
  };
}

export const ordinalsOf = (bits: Uint8Array): Int32Array => {
  const found = new Int32Array(bits.reduce((count, bit) => count + bit, 0));
  let filled = 0;
  for (let ordinal = bits.indexOf(1); ordinal >= 0; ordinal = bits.indexOf(1, ordinal + 1)) found[filled++] = ordinal;
  return found;
};

const sorted = (ordinals: Iterable<number>): Int32Array => Int32Array.from(ordinals).sort();

function around(op: string, { edition }: ConceptSource, concept: number): Int32Array | undefined {
  const below = edition.descendants(concept);
  if (op === 'is-a') return sorted([concept, ...below]);
  if (op === 'descendent-of') return below;
  if (op === 'child-of') return sorted(edition.children(concept));
  if (op === 'generalizes') return sorted([concept, ...edition.ancestors(concept)]);
  if (op === 'descendent-leaf') return below.filter((each) => edition.children(each).length === 0);
  return undefined;
}

/** Undefined: no filter along the hierarchy, or one that takes everything else. */
export function selectByHierarchy(source: ConceptSource, op: string, value: string): Selection | undefined {
  const concept = source.edition.find(value);
  const ordinals = concept < 0 ? new Int32Array(0) : around(op, source, concept);
  return ordinals && hierarchical.has(op) ? selectionOf(source, ordinals) : undefined;
}

const hierarchical: ReadonlySet<string> = new Set([
  'is-a',
  'descendent-of',
  'child-of',
  'generalizes',
  'descendent-leaf',
]);
