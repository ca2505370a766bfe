// The filters along the hierarchy of concepts (http://hl7.org/fhir/R4/valueset-filter-operator.html; child-of and
// descendent-leaf: R5).
import { descendantsOf, type Concept, type DefinedCodeSystem } from '../code-systems/code-system.js';
import type { ConceptTest, Filter, FilterFault, FilterOperator } from './operator.js';

type Codes = ReadonlySet<string>;

const codesOf = (concepts: Iterable<Concept>): Codes => new Set(Array.from(concepts, ({ code }) => code));

function ancestorsOf(concept: Concept): ReadonlySet<Concept> {
  const found = new Set<Concept>();
  const open = [...concept.parents];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (found.has(each)) continue;
    found.add(each);
    open.push(...each.parents);
  }
  return found;
}

/** An operator that names a set of codes around its value; a value that is no code of the system names the empty set. */
const around = (op: string, select: (concept: Concept) => Iterable<Concept>, isOut = false): FilterOperator => ({
  op,
  compile({ property, value }: Filter, system: DefinedCodeSystem): ConceptTest | FilterFault {
    if (property !== 'concept' && property !== 'code') return 'not-understood';
    const concept = system.find(value);
    const codes = concept === undefined ? new Set<string>() : codesOf(select(concept));
    return ({ code }) => codes.has(code) !== isOut;
  },
});

export const isA = around('is-a', (concept) => [concept, ...descendantsOf(concept)]);
export const descendentOf = around('descendent-of', descendantsOf);
export const isNotA = around('is-not-a', (concept) => [concept, ...descendantsOf(concept)], true);
export const generalizes = around('generalizes', (concept) => [concept, ...ancestorsOf(concept)]);
export const childOf = around('child-of', ({ children }) => children);
export const descendentLeaf = around('descendent-leaf', (concept) =>
  [...descendantsOf(concept)].filter(({ children }) => children.length === 0),
);
