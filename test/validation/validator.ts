// A full validator over the shipped definitions and what a test brings, and what it tells.
import { registryOf, shipped } from '../../src/adapters/definitions/conformance.js';
import { loadDefinitions } from '../../src/adapters/definitions/fhir-definitions.js';
import { loadTerminology } from '../../src/adapters/definitions/terminology.js';
import type { JsonObject } from '../../src/model/json.js';
import { fullValidator } from '../../src/validation/profiles/full-validator.js';
import type { ValidationSettings } from '../../src/validation/profiles/registry.js';

export const shippedDefinitions = shipped(loadDefinitions(), loadTerminology());

export function validatorWith(...resources: readonly JsonObject[]) {
  const known = new Map(resources.map((each) => [String(each.url as string), each]));
  return fullValidator(registryOf(shippedDefinitions, { get: (url) => known.get(url) }));
}

const plain = validatorWith();

/** The errors, as `code expression`. */
export const told = (resource: JsonObject, validate = plain, settings: Partial<ValidationSettings> = {}): string[] =>
  validate(resource, settings)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, expression }) => `${code} ${expression ?? ''}`);
