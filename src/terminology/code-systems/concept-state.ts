// What a concept's properties say about its use: inactive, deprecated, abstract
// (http://hl7.org/fhir/R4/codesystem.html#defined-props).
import { standardsStatus, type PropertyElement } from '../resources.js';
import type { Concept, DefinedCodeSystem } from './code-system.js';
import { propertyCodes } from './compile.js';

/** A property's value as text, whatever its type. */
export function valueText(property: PropertyElement): string | undefined {
  const { valueCode, valueString, valueDateTime, valueCoding } = property;
  const value = property.valueBoolean ?? property.valueInteger ?? property.valueDecimal;
  return valueCode ?? valueString ?? valueDateTime ?? valueCoding?.code ?? value?.toString();
}

/** The values of a property, by its code in this system. */
export const valuesOf = (concept: Concept, code: string): readonly string[] =>
  concept.properties.flatMap((each) => (each.code === code ? (valueText(each) ?? []) : []));

/** The value of one of the standard's own properties, under whatever code the system declares it. */
export function standardValue(system: DefinedCodeSystem, concept: Concept, name: string): string | undefined {
  const codes = propertyCodes(system.properties, name);
  if (system.standardValue !== undefined) return system.standardValue(concept, codes);
  if (concept.properties.length === 0) return undefined;
  const property = concept.properties.find(({ code }) => codes.includes(code));
  return property && valueText(property);
}

/** Codes of http://terminology.hl7.org/CodeSystem/publication-status and of common practice that end a concept's use. */
const endedStates: ReadonlySet<string> = new Set(['inactive', 'retired', 'withdrawn', 'entered-in-error']);

/** Is it this status? Systems write the same one in different case: LOINC's is `DEPRECATED`. */
export const isStatus = (status: string | undefined, ...wanted: readonly string[]): boolean =>
  status !== undefined && wanted.includes(status.toLowerCase());

export function isInactive(system: DefinedCodeSystem, concept: Concept): boolean {
  if (concept.inactive !== undefined) return concept.inactive;
  const flag = standardValue(system, concept, 'inactive');
  if (flag !== undefined) return flag === 'true';
  return endedStates.has(standardValue(system, concept, 'status')?.toLowerCase() ?? '');
}

export const isAbstract = (system: DefinedCodeSystem, concept: Concept): boolean =>
  standardValue(system, concept, 'notSelectable') === 'true';

/** `retired`, `deprecated`, …: as a property, or as the concept's standards status. */
export const statusOf = (system: DefinedCodeSystem, concept: Concept): string | undefined =>
  standardValue(system, concept, 'status') ?? standardsStatus({ extension: concept.extensions });

export const isDeprecated = (system: DefinedCodeSystem, concept: Concept): boolean =>
  isStatus(statusOf(system, concept), 'deprecated') || standardValue(system, concept, 'deprecated') === 'true';
