// Code maps: FHIR ConceptMaps (http://hl7.org/fhir/R4/conceptmap.html) compiled to look-ups that answer at once.

import type { ConceptMapResource } from './concept-maps/resource.js';

/** http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html; the last two say that nothing corresponds. */
export const equivalences = [
  'relatedto',
  'equivalent',
  'equal',
  'wider',
  'subsumes',
  'narrower',
  'specializes',
  'inexact',
  'unmatched',
  'disjoint',
] as const;

export type Equivalence = (typeof equivalences)[number];

/** A code as the source has it; without a system every group of the map is searched. */
export interface SourceCoding {
  readonly system?: string;
  readonly code: string;
}

export interface MapTarget {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  /** What the target is to the source, e.g. `wider`: the target means more. */
  readonly equivalence: Equivalence;
  /** The row, for lineage: `group[0].element[3]`. */
  readonly row: string;
}

/**
 * `mapped`: at least one target. `no-map`: a row says that nothing corresponds (no target, `unmatched` or `disjoint`).
 * `unmapped`: the map does not know the code.
 */
export type Translation =
  | { readonly outcome: 'mapped'; readonly targets: readonly MapTarget[] }
  | { readonly outcome: 'no-map'; readonly row: string }
  | { readonly outcome: 'unmapped' };

/** A row, or what a group says of every code without one. */
export interface CodeMapEntry {
  /** The group's code systems, where it names them. */
  readonly source?: string;
  readonly target?: string;
  /** Absent: every other code (`group.unmapped`). */
  readonly code?: string;
  /** Its place in the map, as lineage has it: `group[0].element[3]`. */
  readonly row: string;
  /** The codes it is translated to; empty where nothing corresponds, or where the code itself is passed on. */
  readonly targets: readonly MapTarget[];
}

export interface CodeMap {
  /** The file's name without `.json`; what a mapping rule writes. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the resource, one of a release's pins. */
  readonly digest: string;
  /** The ConceptMap's canonical URL. */
  readonly url: string;
  /** How many source codes it has a row for. */
  readonly rows: number;
  /** The targets of a code (`$translate`, http://hl7.org/fhir/R4/conceptmap-operation-translate.html). */
  translate(coding: SourceCoding): Translation;
  /** Every code the map can give, once, in the order of its rows. */
  targetCodes(): readonly string[];
  /** Every row's targets, in order. */
  targets(): readonly MapTarget[];
  /** Every row, in order, with the row for codes without one at the end of its group. */
  entries(): readonly CodeMapEntry[];
  /** The ConceptMap it was compiled from. */
  readonly resource: ConceptMapResource;
}

/** Code maps by name. */
export type CodeMaps = ReadonlyMap<string, CodeMap>;

/** The code system that a map is made for; '' where it names none, or several. */
export const soleSource = (map: CodeMap): string => only(map.entries().map(({ source }) => source));

/** The code system that it translates to. */
export const soleTarget = (map: CodeMap): string => only(map.entries().map(({ target }) => target));

function only(systems: readonly (string | undefined)[]): string {
  const [first = '', ...others] = new Set(systems);
  return others.length === 0 ? first : '';
}
