// One filter of a value set's include, made ready to test concepts
// (http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.filter).
import type { Concept, DefinedCodeSystem } from '../code-systems/code-system.js';

export interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

export type ConceptTest = (concept: Concept) => boolean;

/** Why a filter cannot be computed. */
export type FilterFault = 'not-understood' | 'too-costly';

export interface FilterOperator {
  /** http://hl7.org/fhir/filter-operator */
  readonly op: string;
  compile(filter: Filter, system: DefinedCodeSystem): ConceptTest | FilterFault;
}
