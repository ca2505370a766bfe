// Answers as a Parameters resource (http://hl7.org/fhir/R4/parameters.html); what is undefined is left out.
import type { JsonObject, JsonValue } from '../../../../model/json.js';

export type OutParameter = JsonObject & { readonly name: string };

type ValueType =
  | 'Boolean'
  | 'Canonical'
  | 'Code'
  | 'CodeableConcept'
  | 'Coding'
  | 'DateTime'
  | 'Decimal'
  | 'Integer'
  | 'String'
  | 'Uri';

export const out = (name: string, type: ValueType, value: unknown): readonly OutParameter[] =>
  value === undefined ? [] : [{ name, [`value${type}`]: value as JsonValue }];

export const outResource = (name: string, resource: JsonObject): OutParameter => ({ name, resource });

export const outParts = (name: string, part: readonly OutParameter[]): OutParameter => ({ name, part });

export const parameters = (parameter: readonly OutParameter[]): JsonObject => ({
  resourceType: 'Parameters',
  parameter,
});
