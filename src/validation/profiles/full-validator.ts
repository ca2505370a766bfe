// The full FHIR R4 validator: structure, invariants, terminology, profiles, references, and what the specification says in words.
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import type { ConvertUnit } from './limits.js';
import { defaultSettings, type Registry, type ValidationSettings } from './registry.js';
import { distinctIssues, FullRun } from './run.js';
import { Walker } from './walker.js';

/** Checks a resource; an empty list means that nothing was found. Never throws for what the resource holds. */
export type FullValidator = (resource: JsonObject, settings?: Partial<ValidationSettings>) => Issue[];

/**
 * Compiles full validation (http://hl7.org/fhir/R4/validation.html). Rules are compiled when a resource first meets them.
 *
 * @param registry structures, value sets and other canonical resources.
 * @param convert one unit's amount in another; absent: limits in other units are not compared.
 */
export function fullValidator(registry: Registry, convert: ConvertUnit = () => undefined): FullValidator {
  const walker = new Walker(registry, convert);
  return (resource, settings = {}) => {
    const run = new FullRun({ ...defaultSettings, ...settings });
    const item = walker.types.resource(resource);
    run.trail.enter(walker.types.has(item.type.name) ? item.type.name : 'Resource');
    walker.visitResource(item, run.settings.profiles, run);
    return distinctIssues(run.found);
  };
}
