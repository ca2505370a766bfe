// The $validate operation (http://hl7.org/fhir/R4/resource-operation-validate.html): Parameters or a resource in, an
// OperationOutcome out. A request may bring profiles, value sets and what references name; none of it stays.
import { memberOf, type JsonNode } from '../../formats/json/node.js';
import { issue, type Issue } from '../../model/issue.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import type { ValidationSettings } from '../../validation/profiles/registry.js';
import { validationOutcome } from './outcome.js';
import { withPositions } from './positions.js';
import { readResource } from './resource-text.js';
import type { ValidationRequest, ValidationService } from './validation-service.js';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];

/** Parameters of one name. */
class Parameters {
  private readonly all: readonly JsonObject[];
  constructor(parameters: JsonObject) {
    this.all = objects(parameters.parameter);
  }

  named(name: string): readonly JsonObject[] {
    return this.all.filter((each) => each.name === name);
  }

  resources(name: string): readonly JsonObject[] {
    return this.named(name).flatMap(({ resource }) => (isObject(resource) ? [resource] : []));
  }

  texts(name: string): readonly string[] {
    return this.named(name).flatMap(textOf);
  }
}

const textOf = (parameter: JsonObject): readonly string[] =>
  Object.keys(parameter).flatMap((key) => {
    const value = parameter[key];
    return key.startsWith('value') && typeof value === 'string' ? [value] : [];
  });

const part = (parameter: JsonObject, name: string): JsonObject | undefined =>
  objects(parameter.part).find((each) => each.name === name);

const settingsOf = (parameters: Parameters): ReadonlyMap<string, string> =>
  new Map(
    parameters.named('setting').flatMap((setting) => {
      const [name, value] = ['name', 'value'].map((each) => textOf(part(setting, each) ?? {})[0]);
      return name === undefined ? [] : [[name, value ?? 'true'] as const];
    }),
  );

function resolver(parameters: Parameters): ValidationSettings['resolve'] {
  const known = new Map(
    parameters.named('resolvable').flatMap((each) => {
      const [reference] = textOf(part(each, 'reference') ?? {});
      const resource = part(each, 'resource')?.resource;
      return reference !== undefined && isObject(resource) ? [[reference, resource] as const] : [];
    }),
  );
  return (reference) => known.get(reference);
}

const listed = (value: string | undefined): readonly string[] =>
  value === undefined
    ? []
    : value
        .replace(/[[\]"]/g, '')
        .split(',')
        .map((each) => each.trim());

function requestOf(parameters: Parameters, profile: string | undefined): ValidationRequest {
  const settings = settingsOf(parameters);
  const resolve = resolver(parameters);
  return {
    packages: parameters.texts('ig'),
    resources: [...parameters.resources('supporting'), ...parameters.resources('tx-resource')],
    settings: {
      profiles: [...parameters.texts('profile'), ...(profile === undefined ? [] : [profile])],
      bestPractice: ['Warning', 'Hint', 'Error'].includes(settings.get('best-practice') ?? ''),
      extensionDomains: listed(settings.get('allowed-extension-domain')),
      checkReferences: settings.get('validateReference')?.startsWith('CHECK') === true,
      trustReferences: settings.get('assumeValidRestReferences') === 'true',
      skipContained: settings.get('validateContains') === 'IGNORE',
      aggregationEverywhere: settings.get('enforceAggregationOutsideBundles') !== 'false',
      refuseMarkup: settings.get('security-checks') === 'true' || settings.get('noHtmlInMarkdown') === 'true',
      lenientDisplays: settings.get('wrong-displays') === 'warning',
      ...(resolve && { resolve }),
    },
  };
}

const isOperation = ({ resourceType, parameter }: JsonObject): boolean =>
  resourceType === 'Parameters' &&
  objects(parameter).some(({ name, resource }) => name === 'resource' && resource !== undefined);

/** The resource within Parameters, as the text has it. */
function resourceNode(root: JsonNode): JsonNode | undefined {
  const parameters = memberOf(root, 'parameter')?.items ?? [];
  return parameters.flatMap((each) => memberOf(each, 'resource') ?? [])[0];
}

/** What is wrong with the text is told in the resource's own terms. */
const withinResource = (issue: Issue, type: string): Issue => {
  const { expression } = issue;
  if (expression?.startsWith('Parameters') !== true) return issue;
  return { ...issue, expression: type + expression.replace(/^Parameters\.parameter\[\d+\]\.resource/, '') };
};

/**
 * Validates what was posted.
 *
 * @param profile of the query: validated against in addition.
 * @param limit most bytes.
 */
export function validateOperation(
  body: Uint8Array,
  profile: string | undefined,
  service: ValidationService,
  limit: number,
): JsonObject {
  const read = readResource(body, limit);
  if (!read.ok) return validationOutcome(withPositions(read.issues, body));
  const isWrapped = isOperation(read.value);
  const parameters = new Parameters(isWrapped ? read.value : {});
  const resource = isWrapped ? parameters.resources('resource')[0] : read.value;
  if (resource === undefined) return validationOutcome([issue('validate.unknown-type')]);
  const type = typeof resource.resourceType === 'string' ? resource.resourceType : 'Resource';
  const textual = isWrapped ? read.issues.map((each) => withinResource(each, type)) : read.issues;
  const found = [...textual, ...service.validate(resource, requestOf(parameters, profile))];
  return validationOutcome(withPositions(found, body, isWrapped ? resourceNode : undefined));
}
