// The filters along the hierarchy, answered from the closure of an edition.
import type { Concept, Selection } from '../code-systems/code-system.js';
import { pagedOrdinals } from './paged-ordinals.js';
import type { Edition } from './edition.js';
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
    paged: pagedOrdinals(source, ordinals instanceof Int32Array ? ordinals : Int32Array.from(ordinals), has),
  };
}

export const ordinalsOf = (bits: Uint8Array): Int32Array => {
  const found = new Int32Array(bits.reduce((count, bit) => count + bit, 0));
  let filled = 0;
  for (let ordinal = bits.indexOf(1); ordinal >= 0; ordinal = bits.indexOf(1, ordinal + 1)) found[filled++] = ordinal;
  return found;
};

const sorted = (ordinals: Iterable<number>): Int32Array => Int32Array.from(ordinals).sort();

type Way = (edition: Edition, concept: number) => Int32Array;

/** The filter operators along the hierarchy (http://hl7.org/fhir/ValueSet/filter-operator). */
const ways: Readonly<Record<string, Way>> = {
  'is-a': (edition, concept) => sorted([concept, ...edition.descendants(concept)]),
  'descendent-of': (edition, concept) => edition.descendants(concept),
  'child-of': (edition, concept) => sorted(edition.children(concept)),
  generalizes: (edition, concept) => sorted([concept, ...edition.ancestors(concept)]),
  'descendent-leaf': (edition, concept) =>
    edition.descendants(concept).filter((each) => edition.children(each).length === 0),
};

/** Undefined: no filter along the hierarchy, or one that takes everything else. */
export function selectByHierarchy(source: ConceptSource, op: string, value: string): Selection | undefined {
  const way = Object.hasOwn(ways, op) ? ways[op] : undefined;
  if (way === undefined) return undefined;
  const concept = source.edition.find(value);
  return selectionOf(source, concept < 0 ? [] : way(source.edition, concept));
}
