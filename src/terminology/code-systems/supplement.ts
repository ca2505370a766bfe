// Supplements: further designations, properties and extensions for the concepts of a code system
// (http://hl7.org/fhir/R4/codesystem.html#supplements).
import { printCanonical, type CodeSystemResource, type ConceptElement } from '../resources.js';
import type { Concept, DefinedCodeSystem, Designation, PagedConcepts, Selection } from './code-system.js';

interface Addition {
  readonly element: ConceptElement;
  readonly source: string;
  readonly language: string | undefined;
}

function additionsOf(supplements: readonly CodeSystemResource[]): ReadonlyMap<string, readonly Addition[]> {
  const additions = new Map<string, Addition[]>();
  for (const supplement of supplements) {
    const source = printCanonical(supplement.url ?? '', supplement.version);
    const open = [...(supplement.concept ?? [])];
    for (let element = open.pop(); element !== undefined; element = open.pop()) {
      additions.set(element.code, [
        ...(additions.get(element.code) ?? []),
        { element, source, language: supplement.language },
      ]);
      open.push(...(element.concept ?? []));
    }
  }
  return additions;
}

/** A supplement's own display is one more designation in its language. */
const designationsOf = ({ element, source, language }: Addition): readonly Designation[] => [
  ...(element.designation ?? []).map((each) => ({ ...each, source })),
  ...(element.display === undefined
    ? []
    : [{ ...(language !== undefined && { language }), value: element.display, source }]),
];

const extended = (concept: Concept, additions: readonly Addition[]): Concept => ({
  code: concept.code,
  display: concept.display,
  definition: concept.definition,
  parents: concept.parents,
  children: concept.children,
  ordinal: concept.ordinal,
  ...(concept.inactive !== undefined && { inactive: concept.inactive }),
  ...(concept.isA !== undefined && { isA: (ancestor: Concept) => concept.isA!(ancestor) }),
  ...(concept.retiredDesignations !== undefined && { retiredDesignations: concept.retiredDesignations }),
  designations: [...concept.designations, ...additions.flatMap(designationsOf)],
  properties: [...concept.properties, ...additions.flatMap(({ element }) => element.property ?? [])],
  extensions: [...concept.extensions, ...additions.flatMap(({ element }) => element.extension ?? [])],
});

type Copy = (concept: Concept) => Concept;

const pagedCopies = (concepts: PagedConcepts, copyOf: Copy): PagedConcepts => ({
  size: concepts.size,
  page: (offset, count) => concepts.page(offset, count).map(copyOf),
  narrowed: (wish) => pagedCopies(concepts.narrowed(wish), copyOf),
});

const selectedCopies = (selection: Selection, copyOf: Copy): Selection => ({
  ...selection,
  concepts: () => selection.concepts().map(copyOf),
  ...(selection.paged !== undefined && { paged: pagedCopies(selection.paged, copyOf) }),
});

/** The code system with its concepts extended; hierarchy and codes are those of the system itself. */
export function withSupplements(
  system: DefinedCodeSystem,
  supplements: readonly CodeSystemResource[],
): DefinedCodeSystem {
  if (supplements.length === 0) return system;
  const additions = additionsOf(supplements);
  const copies = new Map<Concept, Concept>();
  const copyOf = (concept: Concept): Concept => {
    const added = additions.get(concept.code);
    if (added === undefined) return concept;
    const copy = copies.get(concept) ?? extended(concept, added);
    copies.set(concept, copy);
    return copy;
  };
  // Properties of supplements stand among a concept's own: no short way to those of the system finds them.
  const { standardValue: _, paged, ...rest } = system;
  return {
    ...rest,
    ...(paged !== undefined && { paged: () => pagedCopies(paged(), copyOf) }),
    select(filter) {
      const found = system.select?.(filter);
      return found && 'concepts' in found ? selectedCopies(found, copyOf) : found;
    },
    properties: [...system.properties, ...supplements.flatMap(({ property }) => property ?? [])],
    supplements: supplements.map(({ url, version }) => printCanonical(url ?? '', version)),
    find: (code) => mapDefined(system.find(code), copyOf),
    concepts: () => system.concepts()?.map(copyOf),
  };
}

const mapDefined = <T, R>(value: T | undefined, change: (value: T) => R): R | undefined =>
  value === undefined ? undefined : change(value);
