// What a filter's property means in a code system: one of its declared properties, or one that every concept has.
import { isInactive, standardValue, statusOf, valuesOf } from '../code-systems/concept-state.js';
import type { Concept, DefinedCodeSystem } from '../code-systems/code-system.js';

type Values = (concept: Concept) => readonly string[];

const some = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
const codes = (concepts: readonly Concept[]): readonly string[] => concepts.map(({ code }) => code);

/** http://hl7.org/fhir/R4/codesystem.html#defined-props, and the parts of a concept itself. */
const builtIn: Readonly<Record<string, (system: DefinedCodeSystem) => Values>> = {
  code: () => (concept) => [concept.code],
  concept: () => (concept) => [concept.code],
  display: () => (concept) => some(concept.display),
  definition: () => (concept) => some(concept.definition),
  parent: () => (concept) => codes(concept.parents),
  child: () => (concept) => codes(concept.children),
  inactive: (system) => (concept) => [String(isInactive(system, concept))],
  status: (system) => (concept) => some(statusOf(system, concept)),
  notSelectable: (system) => (concept) => some(standardValue(system, concept, 'notSelectable')),
};

/** How to read a property off a concept; undefined for a property the system does not know. */
export function propertyReader(system: DefinedCodeSystem, property: string): Values | undefined {
  if (system.properties.some(({ code }) => code === property)) return (concept) => valuesOf(concept, property);
  const isUsed = system.concepts()?.some((concept) => concept.properties.some(({ code }) => code === property));
  if (isUsed === true) return (concept) => valuesOf(concept, property);
  return Object.hasOwn(builtIn, property) ? builtIn[property]?.(system) : undefined;
}
