// An edition as a code system: what every edition has in common. What a system has of its own stands in its file in
// code-systems/.
import type {
  Concept,
  DefinedCodeSystem,
  PagedConcepts,
  Selection,
  SystemFilter,
} from '../code-systems/code-system.js';
import type { CodeSystemResource } from '../resources.js';
import type { Edition } from './edition.js';
import { EditionConcept, type ConceptSource } from './edition-concept.js';
import { wordsOf } from './words.js';
import { pagedOrdinals } from './paged-ordinals.js';
import { selectByHierarchy } from './hierarchy-selection.js';
import { selectByProperty } from './property-selection.js';

export interface EditionSystem extends DefinedCodeSystem, ConceptSource {
  select(filter: SystemFilter): Selection | undefined;
}

export function headerOf({ header }: Edition): CodeSystemResource {
  const { url, version, name, title, properties } = header;
  return {
    resourceType: 'CodeSystem',
    url,
    version,
    name,
    title,
    status: 'active',
    content: 'complete',
    property: properties,
  };
}

const isHierarchy = (property: string): boolean => property === 'concept' || property === 'code';

export function editionSystem(edition: Edition): EditionSystem {
  const made = new Array<Concept | undefined>(edition.size);
  let all: readonly Concept[] | undefined;
  let everything: PagedConcepts | undefined;
  const at = (ordinal: number): Concept => (made[ordinal] ??= new EditionConcept(ordinal, source));
  const source: ConceptSource = { edition, at };
  const find = (code: string): Concept | undefined => {
    const ordinal = edition.find(code);
    return ordinal < 0 ? undefined : at(ordinal);
  };
  return {
    ...source,
    url: edition.header.url,
    version: edition.header.version,
    header: headerOf(edition),
    content: 'complete',
    caseSensitive: true,
    language: edition.header.language,
    properties: edition.header.properties,
    supplements: [],
    find,
    matching: (name, most) => [...matching(edition, name, most)].map(at),
    standardValue: standardValues(edition),
    paged: () =>
      (everything ??= pagedOrdinals(
        source,
        Int32Array.from({ length: edition.size }, (_, each) => each),
      )),
    concepts: () => (all ??= Array.from({ length: edition.size }, (_, ordinal) => at(ordinal))),
    select: (filter): Selection | undefined =>
      isHierarchy(filter.property)
        ? selectByHierarchy(source, filter.op, filter.value)
        : selectByProperty(source, filter),
  };
}

/** That a concept is inactive is a flag; what else stands among the properties has a column. */
function standardValues(edition: Edition): NonNullable<DefinedCodeSystem['standardValue']> {
  // Asked of every code of an expansion, with the same few lists.
  const columnsOf = new WeakMap<readonly string[], readonly number[]>();
  return ({ ordinal, inactive }, codes) => {
    if (inactive === true && codes.includes('status')) return 'inactive';
    let columns = columnsOf.get(codes);
    if (columns === undefined) columnsOf.set(codes, (columns = columnsNamed(edition, codes)));
    return ordinal < 0 || columns.length === 0 ? undefined : edition.firstValue(ordinal, columns);
  };
}

const columnsNamed = ({ header }: Edition, codes: readonly string[]): readonly number[] =>
  header.properties.flatMap(({ code }, index) => (codes.includes(code) ? [index] : []));

/** Those with all words of the name; where there are none, those with all words but one. */
function matching(edition: Edition, name: string, most: number): Int32Array | Set<number> {
  const found = edition.matching(name);
  if (found.length > 0) return found.subarray(0, most);
  const words = wordsOf(name);
  const fewer = words.map((_, left) => edition.matching(words.filter((_word, at) => at !== left).join(' ')));
  return new Set(fewer.flatMap((each) => [...each.subarray(0, most)]));
}
