// How a target stands to its source: R4's equivalences (http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html), and
// R5's relationships (http://hl7.org/fhir/R5/valueset-concept-map-relationship.html) that say the same.
import type { Equivalence } from '../code-map.js';

const fromRelationship: Readonly<Record<string, Equivalence>> = {
  'related-to': 'relatedto',
  equivalent: 'equivalent',
  // R4 says what the target is to the source: a broader source has a narrower target.
  'source-is-narrower-than-target': 'wider',
  'source-is-broader-than-target': 'narrower',
  'not-related-to': 'disjoint',
};

const toRelationship: Readonly<Record<Equivalence, string>> = {
  relatedto: 'related-to',
  equivalent: 'equivalent',
  equal: 'equivalent',
  wider: 'source-is-narrower-than-target',
  subsumes: 'source-is-narrower-than-target',
  narrower: 'source-is-broader-than-target',
  specializes: 'source-is-broader-than-target',
  inexact: 'related-to',
  unmatched: 'not-related-to',
  disjoint: 'not-related-to',
};

const reversed: Partial<Record<Equivalence, Equivalence>> = {
  wider: 'narrower',
  narrower: 'wider',
  subsumes: 'specializes',
  specializes: 'subsumes',
};

const isEquivalence = (text: string): text is Equivalence => Object.hasOwn(toRelationship, text);

/** A target's equivalence, in whichever spelling; `relatedto`, the weakest, where it is not stated. */
export function equivalenceOf(stated: { readonly equivalence?: string; readonly relationship?: string }): Equivalence {
  const { equivalence, relationship } = stated;
  if (equivalence !== undefined && isEquivalence(equivalence)) return equivalence;
  return fromRelationship[relationship ?? ''] ?? 'relatedto';
}

export const relationshipOf = (equivalence: Equivalence): string => toRelationship[equivalence];

/** The same, read from the target's side. */
export const reverseOf = (equivalence: Equivalence): Equivalence => reversed[equivalence] ?? equivalence;

/** Says that nothing corresponds. */
export const isNegative = (equivalence: Equivalence): boolean =>
  equivalence === 'unmatched' || equivalence === 'disjoint';
