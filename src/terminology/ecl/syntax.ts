// The Expression Constraint Language as a tree (https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language).
import { TerminologyRefusal } from '../issue.js';
import { messages } from '../messages.js';

export type HierarchyOperator = '<' | '<<' | '<!' | '<<!' | '>' | '>>' | '>!' | '>>!';
export type History = 'min' | 'mod' | 'max';

export type Constraint =
  | { readonly kind: 'concept'; readonly code: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'hierarchy'; readonly operator: HierarchyOperator; readonly of: Constraint }
  | { readonly kind: 'members'; readonly of: Constraint }
  | { readonly kind: 'history'; readonly depth: History; readonly of: Constraint }
  | { readonly kind: 'targets'; readonly of: Constraint; readonly attribute: Constraint }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Constraint[] }
  | { readonly kind: 'minus'; readonly of: Constraint; readonly without: Constraint }
  | { readonly kind: 'refined'; readonly of: Constraint; readonly by: Refinement };

export interface Cardinality {
  readonly least: number;
  /** Absent: any number. */
  readonly most?: number;
}

export type Refinement =
  | {
      readonly kind: 'attribute';
      readonly cardinality?: Cardinality;
      readonly name: Constraint;
      readonly isEqual: boolean;
      readonly value: Constraint | string;
    }
  | { readonly kind: 'group'; readonly cardinality?: Cardinality; readonly of: Refinement }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Refinement[] };

/** The refusal of an expression that cannot be read or names what is not there; `why` says where. */
export const eclFault = (expression: string, why: string): TerminologyRefusal =>
  new TerminologyRefusal(422, 'invalid', messages.invalidEcl(expression, why), { detail: 'vs-invalid' });
