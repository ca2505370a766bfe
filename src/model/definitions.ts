// FHIR R4 definitions in compact form: what the mapping compiler checks targets against and validation compiles from.
// Built from StructureDefinition snapshots by build/; loaded by adapters/definitions/.

export interface ElementType {
  readonly code: string;
  /** Resource types a Reference or canonical may point at, without the base URL; absent: any. */
  readonly targets?: readonly string[];
}

export interface ElementModel {
  /** Name without the parent's path; a choice keeps its `[x]`: `value[x]`. */
  readonly name: string;
  readonly min: number;
  /** `Infinity` is written as -1. */
  readonly max: number;
  readonly types: readonly ElementType[];
  /** Anonymous children (BackboneElement, Element), or those of `contentReference`. */
  readonly children?: string;
  readonly binding?: {
    readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
    readonly valueSet: string;
  };
}

/** A resource type, data type, or the anonymous type at a path (`Patient.contact`). */
export interface TypeModel {
  readonly name: string;
  readonly kind: 'resource' | 'complex-type' | 'primitive-type' | 'backbone';
  readonly abstract?: boolean;
  readonly base?: string;
  /** All elements, inherited ones included. */
  readonly elements: readonly ElementModel[];
  /** Primitive types: the anchored regular expression of the value. */
  readonly pattern?: string;
}

export interface Definitions {
  readonly fhirVersion: string;
  type(name: string): TypeModel | undefined;
  /** Codes of a value set with a required binding, by system; undefined when it cannot be enumerated (e.g. all of UCUM). */
  codes(valueSet: string): ReadonlyMap<string, ReadonlySet<string>> | undefined;
}
