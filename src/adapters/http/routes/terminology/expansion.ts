// An expansion as ValueSet.expansion in R4: what only R5 has travels as extension
// (http://hl7.org/fhir/R4/versions.html#extensions, http://hl7.org/fhir/R5/valueset-definitions.html#ValueSet.expansion.property).
import type { JsonObject, JsonValue } from '../../../../model/json.js';
import type { ExpandedCode, Expansion } from '../../../../terminology/operations/expand.js';
import type { ShownProperty } from '../../../../terminology/operations/expansion-properties.js';
import type { PropertyElement } from '../../../../terminology/resources.js';

const r5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion';
const unclosed = 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed';

const json = (value: object): JsonValue => value as JsonValue;

function definedProperty({ element, uri }: ShownProperty): JsonObject {
  const code = { url: 'code', valueCode: element.code };
  return { url: `${r5}.property`, extension: [code, ...(uri === undefined ? [] : [{ url: 'uri', valueUri: uri }])] };
}

function codeProperty({ code, ...value }: PropertyElement): JsonObject {
  return {
    url: `${r5}.contains.property`,
    extension: [
      { url: 'code', valueCode: code },
      { url: 'value', ...(json(value) as JsonObject) },
    ],
  };
}

function contained(code: ExpandedCode): JsonObject {
  const extension = [...code.extensions.map(json), ...code.properties.map(codeProperty)];
  return {
    ...(extension.length > 0 && { extension }),
    system: code.system,
    ...(code.abstract && { abstract: true }),
    ...(code.inactive && { inactive: true }),
    ...(code.version !== undefined && { version: code.version }),
    code: code.code,
    ...(code.display !== undefined && { display: code.display }),
    ...(code.designations.length > 0 && { designation: code.designations.map(json) }),
    ...(code.contains.length > 0 && { contains: code.contains.map(contained) }),
  };
}

const unclosedExtensions = ({ isUnclosed, reasons }: Expansion): readonly JsonObject[] =>
  isUnclosed
    ? [
        { url: unclosed, valueBoolean: true },
        ...reasons.map((valueString) => ({ url: `${unclosed}-reason`, valueString })),
      ]
    : [];

export interface Stamp {
  /** `urn:uuid:…` */
  readonly identifier: string;
  readonly timestamp: string;
}

/** @param parameter what was asked for and used, as ValueSet.expansion.parameter. */
export function expansionElement(expansion: Expansion, parameter: readonly JsonObject[], stamp: Stamp): JsonObject {
  const extension = [...unclosedExtensions(expansion), ...expansion.properties.map(definedProperty)];
  return {
    ...(extension.length > 0 && { extension }),
    identifier: stamp.identifier,
    timestamp: stamp.timestamp,
    ...(expansion.total !== undefined && { total: expansion.total }),
    ...(expansion.offset !== undefined && { offset: expansion.offset }),
    ...(parameter.length > 0 && { parameter }),
    ...(expansion.codes.length > 0 && { contains: expansion.codes.map(contained) }),
  };
}
