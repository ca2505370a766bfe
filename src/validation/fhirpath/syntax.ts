// The syntax tree of FHIRPath (http://hl7.org/fhirpath/N1/#grammar).

export type LiteralKind = 'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

export type Expression =
  | { readonly kind: 'literal'; readonly type: LiteralKind; readonly text: string; readonly unit?: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'special'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** A member of what `of` gives; of the input itself where there is no `of`. */
  | { readonly kind: 'member'; readonly of?: Expression; readonly name: string }
  | {
      readonly kind: 'call';
      readonly of?: Expression;
      readonly name: string;
      readonly parameters: readonly Expression[];
    }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'sign'; readonly negative: boolean; readonly of: Expression }
  | { readonly kind: 'operator'; readonly name: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'type'; readonly test: 'is' | 'as'; readonly of: Expression; readonly type: string };
