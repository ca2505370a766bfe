// ValueSet $expand.
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../../model/json.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { expand, type Expansion, type ExpandOptions } from '../../../../terminology/operations/expand.js';
import type { ValueSetResource } from '../../../../terminology/resources.js';
import { scopeOf } from '../../../../terminology/scope.js';
import { expansionElement } from './expansion.js';
import type { InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { languageText, optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';
import { valueSetAsked } from './value-set-asked.js';

/** More codes than this are asked for in pages. */
const limit = 10_000;

function expandOptions(parameters: InParameters): ExpandOptions {
  const [count, offset, filter] = [parameters.count('count'), parameters.count('offset'), parameters.text('filter')];
  return {
    ...(count !== undefined && { count }),
    ...(offset !== undefined && { offset }),
    ...(filter !== undefined && { filter }),
    excludeNested: parameters.boolean('excludeNested') ?? false,
    includeDesignations: parameters.boolean('includeDesignations') ?? false,
    designations: parameters.texts('designation'),
    properties: parameters.texts('property'),
    // The ecosystem's `limit`: a client's own bound, never above ours.
    limit: Math.min(parameters.count('limit') ?? limit, limit),
  };
}

const booleans = ['activeOnly', 'excludeNested', 'includeDefinition', 'includeDesignations'] as const;

/** Those of the client's parameters that shaped the expansion. */
function echoes(request: OperationRequest, valueSet: ValueSetResource): readonly JsonObject[] {
  const { parameters } = request;
  const language = languageText(request, valueSet);
  const texts = (name: string, type: string) =>
    parameters.texts(name).map((value) => ({ name, [`value${type}`]: value }));
  const counts = (name: string) => numberEcho(name, parameters.count(name));
  return [
    ...(language === undefined ? [] : [{ name: 'displayLanguage', valueCode: language }]),
    ...booleans.flatMap((name) => booleanEcho(name, parameters.boolean(name))),
    ...texts('designation', 'String'),
    ...texts('filter', 'String'),
    ...counts('count'),
    ...counts('offset'),
    ...texts('default-valueset-version', 'Uri'),
  ];
}

const booleanEcho = (name: string, value: boolean | undefined): readonly JsonObject[] =>
  value === undefined ? [] : [{ name, valueBoolean: value }];

const numberEcho = (name: string, value: number | undefined): readonly JsonObject[] =>
  value === undefined ? [] : [{ name, valueInteger: value }];

const used = ({ traces, versionsMerged }: Expansion): readonly JsonObject[] => [
  ...(versionsMerged ? [{ name: 'versionsMatch', valueBoolean: true }] : []),
  ...traces.map(({ name, value }) => ({ name, valueUri: value })),
];

function run(request: OperationRequest): JsonObject {
  const { parameters } = request;
  const content = contentFor(parameters, request.installed);
  const names = { resource: 'valueSet', url: 'url', version: 'valueSetVersion' };
  const valueSet = valueSetAsked(parameters, content, names);
  if (valueSet === undefined)
    throw new TerminologyRefusal(400, 'required', messages.missingParameter('a url or valueSet'));
  const scope = scopeOf(content, optionsOf(request, valueSet), valueSet);
  const expansion = expand(valueSet, scope, expandOptions(parameters));
  const stamp = { identifier: `urn:uuid:${randomUUID()}`, timestamp: new Date().toISOString() };
  const element = expansionElement(expansion, [...echoes(request, valueSet), ...used(expansion)], stamp);
  return { ...shown(valueSet, parameters.boolean('includeDefinition') ?? false), expansion: element };
}

/** What identifies a value set and says what it is worth. */
const metadata = new Set([
  ...['resourceType', 'id', 'language', 'contained', 'url', 'version', 'name', 'title'],
  ...['status', 'experimental', 'date', 'publisher'],
]);

/** The value set with its metadata; all of it, its definition included, for who asks. */
function shown(valueSet: ValueSetResource, withDefinition: boolean): JsonObject {
  const { expansion: _expansion, ...stated } = valueSet as unknown as JsonObject;
  return withDefinition ? stated : Object.fromEntries(Object.entries(stated).filter(([name]) => metadata.has(name)));
}

export const valueSetExpand: TerminologyOperation = {
  type: 'ValueSet',
  name: 'expand',
  instance: 'url',
  definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand',
  summary: 'The codes of a value set',
  run,
};
