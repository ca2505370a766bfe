// A code map (FHIR ConceptMap) as the mapping engine sees it: pinned, in memory, synchronous.

export interface SourceCode {
  /** URI of the code system; absent: the map's own source system is meant. */
  readonly system?: string;
  readonly code: string;
}

export interface MapTarget {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** `mapped` has at least one target; `no-map` is a recorded decision that there is none; `unmapped` means nobody decided. */
export type Translation =
  | { readonly outcome: 'mapped'; readonly targets: readonly MapTarget[] }
  | { readonly outcome: 'no-map' }
  | { readonly outcome: 'unmapped' };

export interface CodeMap {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the ConceptMap. */
  readonly digest: string;
  /** Every code it can give, for the compiler's check against the element's value set. */
  targetCodes(): readonly string[];
  translate(source: SourceCode): Translation;
}
