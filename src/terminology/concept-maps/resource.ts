// The parts of a ConceptMap that $translate computes with (http://hl7.org/fhir/R4/conceptmap.html). R5's relationships are
// read beside R4's equivalences.
import type { CanonicalResource } from '../resources.js';

export interface MapDependency {
  readonly property?: string;
  readonly system?: string;
  readonly value?: string;
  readonly display?: string;
}

export interface MapTargetElement {
  readonly code?: string;
  readonly display?: string;
  readonly equivalence?: string;
  readonly relationship?: string;
  readonly comment?: string;
  readonly dependsOn?: readonly MapDependency[];
  readonly product?: readonly MapDependency[];
}

export interface MapElement {
  readonly code?: string;
  readonly display?: string;
  readonly target?: readonly MapTargetElement[];
}

export interface MapUnmapped {
  readonly mode?: string;
  readonly code?: string;
  readonly display?: string;
  readonly url?: string;
}

export interface MapGroup {
  readonly source?: string;
  readonly sourceVersion?: string;
  readonly target?: string;
  readonly targetVersion?: string;
  readonly element?: readonly MapElement[];
  readonly unmapped?: MapUnmapped;
}

export interface ConceptMapResource extends CanonicalResource {
  readonly resourceType: 'ConceptMap';
  readonly sourceUri?: string;
  readonly sourceCanonical?: string;
  readonly targetUri?: string;
  readonly targetCanonical?: string;
  readonly group?: readonly MapGroup[];
}
