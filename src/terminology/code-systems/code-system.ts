// A code system ready to be asked: its concepts by code, their hierarchy, and what their properties mean. Content comes from
// a CodeSystem resource (compile.ts) or from a grammar (one file per system beside this one's folder).
import type {
  CodeSystemResource,
  DesignationElement,
  Extension,
  PropertyDefinition,
  PropertyElement,
  ValueSetResource,
} from '../resources.js';

export interface Designation extends DesignationElement {
  /** Canonical of the supplement it comes from. */
  readonly source?: string;
}

export interface Concept {
  readonly code: string;
  readonly display: string | undefined;
  readonly definition: string | undefined;
  readonly designations: readonly Designation[];
  readonly properties: readonly PropertyElement[];
  readonly extensions: readonly Extension[];
  readonly parents: readonly Concept[];
  readonly children: readonly Concept[];
  /** Place in the code system's own order. */
  readonly ordinal: number;
  /** Known without looking at properties. */
  readonly inactive?: boolean;
  /** Designations that are no longer in use. */
  readonly retiredDesignations?: readonly Designation[];
  /** To be told to who validates it. */
  readonly note?: string;
  /** Codes that its system says take its place (SNOMED CT: SAME AS, REPLACED BY). */
  readonly replacements?: readonly string[];
  /** Where the system has its closure at hand: is this the ancestor itself, or below it? */
  isA?(ancestor: Concept): boolean;
}

/** Which concepts a filter takes. */
export interface Restriction {
  takes(concept: Concept): boolean;
  /** Why a concept is not taken, where there is more to say. */
  remark?(concept: Concept): string | undefined;
}

/** The concepts that a filter takes, where a system finds them without looking at each. */
export interface Selection extends Restriction {
  concepts(): readonly Concept[];
  /** Where a part of it can be made without the rest. */
  readonly paged?: PagedConcepts;
}

export interface PagedConcepts {
  readonly size: number;
  page(offset: number, count: number): readonly Concept[];
  /** Those of them that are active, and that have words which begin as those of the text do. */
  narrowed(wish: { readonly activeOnly: boolean; readonly text: string | undefined }): PagedConcepts;
}

/** A filter of a value set's include. */
export interface SystemFilter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

/** Of a system whose codes are made by rules, and cannot be listed. */
export interface CodeGrammar {
  /** The value set whose codes stand for all of them in an expansion; undefined: none does. */
  base(): ValueSetResource | undefined;
}

export interface DefinedCodeSystem {
  readonly url: string;
  readonly version: string | undefined;
  /** The resource without its concepts. */
  readonly header: CodeSystemResource;
  readonly content: string;
  readonly caseSensitive: boolean;
  readonly language: string | undefined;
  readonly properties: readonly PropertyDefinition[];
  /** Canonicals of the supplements that were merged in. */
  readonly supplements: readonly string[];
  /** The concept of a code; in a system without case sensitivity whatever the case. */
  find(code: string): Concept | undefined;
  /** All concepts in the system's order; undefined where they cannot be listed. */
  concepts(): readonly Concept[] | undefined;
  readonly grammar?: CodeGrammar;
  /** Why a text is no code, where there is more to say. */
  fault?(code: string): string | undefined;
  /** What people call this version. */
  readonly versionName?: string;
  /** The concepts that a name may mean, at most so many; absent: the system has no index of its names. */
  matching?(name: string, most: number): readonly Concept[];
  /** Its codes may be put together to further ones: no expansion of a filter has them all. */
  readonly isCompositional?: boolean;
  /** The value of one of the standard's own properties, where it is found without making all of a concept's properties. */
  readonly standardValue?: (concept: Concept, codes: readonly string[]) => string | undefined;
  /** What a property's value means, where the system has numbers or letters for it and no codes. */
  readonly meaningOf?: (property: PropertyElement) => string | undefined;
  /** All concepts, where a part of them can be made without the rest. */
  readonly paged?: () => PagedConcepts;
  /** The system's own way of computing a filter; undefined: the common way. Throws a refusal for a broken value. */
  select?(filter: SystemFilter): Restriction | Selection | undefined;
}

/** `url|version` */
export const canonicalOf = ({
  url,
  version,
}: {
  readonly url: string;
  readonly version: string | undefined;
}): string => (version === undefined ? url : `${url}|${version}`);

/** Is `concept` the ancestor itself, or below it? */
export function isSubsumedBy(concept: Concept, ancestor: Concept): boolean {
  if (concept.isA !== undefined) return concept.isA(ancestor);
  const seen = new Set<Concept>();
  const below = (each: Concept): boolean => {
    if (each.code === ancestor.code) return true;
    if (seen.has(each)) return false;
    seen.add(each);
    return each.parents.some(below);
  };
  return below(concept);
}

/** Everything below a concept, itself left out, each once. */
export function descendantsOf(concept: Concept): ReadonlySet<Concept> {
  const found = new Set<Concept>();
  const open = [...concept.children];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (found.has(each)) continue;
    found.add(each);
    open.push(...each.children);
  }
  return found;
}
