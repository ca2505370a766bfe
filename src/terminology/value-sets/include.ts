// One include or exclude of a value set against one code system: which of the system's concepts it takes
// (http://hl7.org/fhir/R4/valueset.html#compositions).
import type { Concept, DefinedCodeSystem, Restriction, Selection } from '../code-systems/code-system.js';
import { canonicalOf } from '../code-systems/code-system.js';
import { compileFilter } from '../filters/index.js';
import type { ConceptTest, Filter } from '../filters/operator.js';
import { TerminologyRefusal } from '../issue.js';
import { messages } from '../messages.js';
import { extensionOf, type FilterElement, type Include, type IncludedConcept } from '../resources.js';

export interface CompiledInclude {
  /** The listed concepts by code; undefined: all that pass the filters. */
  readonly listed: ReadonlyMap<string, IncludedConcept> | undefined;
  /** Where the system computes a filter by itself: what the first such filter takes; the others are tests upon it. */
  readonly selection?: Selection;
  takes: ConceptTest;
  /** What the filters that do not take a concept have to say of it. */
  remarks(concept: Concept): readonly string[];
}

// R5's operators travel in R4 as an extension of the primitive.
const operatorUrls = [
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.compose.include.filter.op',
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.compose.filter.op',
];

function operatorOf(element: FilterElement): string {
  const extensions = operatorUrls.flatMap((url) => extensionOf(element._op, url) ?? extensionOf(element, url) ?? []);
  return extensions[0]?.valueCode ?? extensions[0]?.valueString ?? element.op ?? '';
}

const filterOf = (element: FilterElement): Filter => ({
  property: element.property ?? '',
  op: operatorOf(element),
  value: element.value ?? '',
});

/** Throws a refusal for a filter without a value: the value set is broken, whatever is asked of it. */
export function checkFilters(include: Include, place: string): void {
  for (const [index, element] of (include.filter ?? []).entries()) {
    const { property, op, value } = filterOf(element);
    if (value !== '') continue;
    const expression = `${place}.filter[${index}]`;
    const message = messages.filterWithoutValue(include.system ?? '', property, op);
    throw new TerminologyRefusal(422, 'invalid', message, { detail: 'vs-invalid', expression });
  }
}

function compiledFilter(element: FilterElement, system: DefinedCodeSystem): Restriction | Selection {
  const filter = filterOf(element);
  const own = system.select?.(filter);
  if (own !== undefined) return own;
  const test = compileFilter(filter, system);
  if (typeof test === 'function') return { takes: test };
  const { property, op, value } = filter;
  if (test === 'too-costly')
    throw new TerminologyRefusal(422, 'too-costly', messages.regexTooCostly(system.url, property));
  const message = messages.filterNotUnderstood(canonicalOf(system), property, op, value);
  throw new TerminologyRefusal(422, 'not-supported', message, { detail: 'vs-invalid' });
}

function listedOf(include: Include, system: DefinedCodeSystem): CompiledInclude['listed'] {
  if (include.concept === undefined) return undefined;
  return new Map(include.concept.map((each) => [system.find(each.code)?.code ?? each.code, each]));
}

function compile(include: Include, system: DefinedCodeSystem): CompiledInclude {
  const listed = listedOf(include, system);
  const filters = (include.filter ?? []).map((element) => compiledFilter(element, system));
  const selection = filters.find((each): each is Selection => 'concepts' in each);
  return {
    listed,
    ...(selection !== undefined && { selection }),
    takes: (concept) => (listed?.has(concept.code) ?? true) && filters.every((each) => each.takes(concept)),
    remarks: (concept) => filters.flatMap((each) => each.remark?.(concept) ?? []),
  };
}

const compiled = new WeakMap<Include, WeakMap<DefinedCodeSystem, CompiledInclude>>();

/** Compiled once for each include and code system. Throws a refusal when a filter cannot be computed. */
export function compileInclude(include: Include, system: DefinedCodeSystem): CompiledInclude {
  const known = compiled.get(include) ?? new WeakMap<DefinedCodeSystem, CompiledInclude>();
  compiled.set(include, known);
  const found = known.get(system) ?? compile(include, system);
  known.set(system, found);
  return found;
}

/** Does the include take this concept, imports aside? */
export const takes = (include: Include, system: DefinedCodeSystem, concept: Concept): boolean =>
  compileInclude(include, system).takes(concept);
