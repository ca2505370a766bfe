// Filters of a value set (http://hl7.org/fhir/R4/valueset-filter-operator.html). A new operator is a line in the table.
import type { ConceptNode } from './content.js';

export interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

type FilterTest = (concept: ConceptNode, filter: Filter) => boolean | undefined;

const valuesOf = ({ code, displays, properties }: ConceptNode, property: string): readonly string[] =>
  property === 'code' ? [code] : property === 'display' ? displays.slice(0, 1) : (properties.get(property) ?? []);

const isBelow: FilterTest = ({ ancestors }, { value }) => ancestors.has(value);
const isA: FilterTest = (concept, filter) => concept.code === filter.value || isBelow(concept, filter);

const listed = ({ value }: Filter): readonly string[] => value.split(',').map((each) => each.trim());

const operators: Readonly<Record<string, FilterTest>> = {
  'is-a': isA,
  'descendent-of': isBelow,
  'is-not-a': (concept, filter) => isA(concept, filter) === false,
  '=': (concept, { property, value }) => valuesOf(concept, property).includes(value),
  in: (concept, filter) => valuesOf(concept, filter.property).some((each) => listed(filter).includes(each)),
  'not-in': (concept, filter) => !valuesOf(concept, filter.property).some((each) => listed(filter).includes(each)),
  exists: (concept, { property, value }) => valuesOf(concept, property).length > 0 === (value === 'true'),
};

/** Does the concept pass? Undefined when the operator is none of those that can be computed. */
export const passes = (concept: ConceptNode, filter: Filter): boolean | undefined =>
  operators[filter.op]?.(concept, filter);
