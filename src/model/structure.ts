// StructureDefinitions as trees of rules: what full validation compiles from. Made from snapshots, or from a differential
// and its base, by validation/structures/; read from generated/ and from packages by adapters/.
import type { JsonValue } from './json.js';

export type BindingStrength = 'required' | 'extensible' | 'preferred' | 'example';

export interface TypeRule {
  readonly code: string;
  /** Canonical URLs: the value conforms to at least one. */
  readonly profiles?: readonly string[];
  /** Canonical URLs of what a Reference or canonical may name; absent: anything. */
  readonly targets?: readonly string[];
  /** `contained`, `referenced`, `bundled` (http://hl7.org/fhir/R4/valueset-resource-aggregation-mode.html). */
  readonly aggregation?: readonly string[];
}

export interface ConstraintRule {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression?: string;
  /** The structure that defines it. */
  readonly source?: string;
  /** A recommendation (http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice). */
  readonly bestPractice?: true;
}

export interface DiscriminatorRule {
  readonly type: 'value' | 'pattern' | 'exists' | 'type' | 'profile' | 'position';
  readonly path: string;
}

export interface SlicingRule {
  readonly discriminators: readonly DiscriminatorRule[];
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered?: true;
}

export interface BindingRule {
  readonly strength: BindingStrength;
  /** Canonical URL, with its version where it has one; empty where only a strength is said. */
  readonly valueSet: string;
  /** The value set that no code may fall outside of, however weak the binding. */
  readonly maxValueSet?: string;
}

/** A limit of an ordered type: its FHIR type and value. */
export interface LimitRule {
  readonly type: string;
  readonly value: JsonValue;
}

export interface ElementRule {
  /** The last step of its path; a choice keeps its `[x]`. */
  readonly name: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly min: number;
  /** `*` is -1. */
  readonly max: number;
  readonly types: readonly TypeRule[];
  /** The path of the element whose children these are (`contentReference`). */
  readonly content?: string;
  readonly fixed?: JsonValue;
  readonly pattern?: JsonValue;
  readonly binding?: BindingRule;
  readonly constraints?: readonly ConstraintRule[];
  readonly slicing?: SlicingRule;
  readonly minValue?: LimitRule;
  readonly maxValue?: LimitRule;
  readonly maxLength?: number;
  /** A primitive must have a value, not only extensions. */
  readonly mustHaveValue?: true;
  /** It changes the meaning of what holds it. */
  readonly isModifier?: true;
  readonly children?: readonly ElementRule[];
  readonly slices?: readonly ElementRule[];
}

/** Where an extension may stand (http://hl7.org/fhir/R4/defining-extensions.html#context). */
export interface ContextRule {
  readonly type: 'fhirpath' | 'element' | 'extension';
  readonly expression: string;
}

export interface StructureModel {
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  /** The type it describes: `Patient`, `Extension`. */
  readonly type: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  readonly abstract?: true;
  readonly derivation?: 'specialization' | 'constraint';
  readonly base?: string;
  readonly contexts?: readonly ContextRule[];
  /** FHIRPath that must hold where the extension stands. */
  readonly contextInvariants?: readonly string[];
  readonly root: ElementRule;
}
