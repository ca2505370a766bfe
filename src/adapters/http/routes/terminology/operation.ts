// A terminology operation, and the routes by which it is asked: POST with Parameters, GET with a query.
import type { JsonObject } from '../../../../model/json.js';
import type { Content } from '../../../../terminology/content.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { printCanonical } from '../../../../terminology/resources.js';
import { fhirText, type Answer } from '../../answer.js';
import { resourceParameters } from '../../resource-parameters.js';
import type { ApiRequest, Route, Services } from '../../route.js';
import { InParameters } from './in-parameters.js';
import { outcomeOf } from './outcome.js';
import { installedResource } from './search.js';

export interface OperationRequest {
  readonly parameters: InParameters;
  readonly acceptLanguage: string | undefined;
  /** What is installed here, the request's own resources not among it. */
  readonly installed: Content;
}

export interface TerminologyOperation {
  /** Absent: an operation of the whole system. */
  readonly type?: 'CodeSystem' | 'ValueSet' | 'ConceptMap';
  /** Without the dollar sign. */
  readonly name: string;
  /** Canonical of its OperationDefinition. */
  readonly definition: string;
  readonly summary: string;
  /** The parameter that names the resource, when the operation is asked of one: `CodeSystem/{id}/$lookup`. */
  readonly instance?: 'url' | 'system';
  /** It keeps something between requests: no GET. */
  readonly affectsState?: boolean;
  /** Throws a TerminologyRefusal for what it cannot answer. */
  run(request: OperationRequest): JsonObject;
}

export const pathOf = ({ type, name }: TerminologyOperation): string =>
  type === undefined ? `/fhir/$${name}` : `/fhir/${type}/$${name}`;

const bodyLimit = 64 * 1024 * 1024;

const replies: Route['replies'] = {
  200: { description: 'The answer', content: { 'application/fhir+json': 'Resource' } },
  400: { description: 'The parameters cannot be read', content: { 'application/fhir+json': 'OperationOutcome' } },
  404: { description: 'Something referred to is not here', content: { 'application/fhir+json': 'OperationOutcome' } },
  422: { description: 'It cannot be computed', content: { 'application/fhir+json': 'OperationOutcome' } },
};

/** GET and POST of an operation, of its type and of a resource. */
export function operationRoutes(operation: TerminologyOperation, services: Services): readonly Route[] {
  const { summary, type, name, instance } = operation;
  const handle = (request: ApiRequest) => answer(operation, request, services);
  const routesAt = (at: Pick<Route, 'path' | 'parameters'>): readonly Route[] => {
    const common = { ...at, tag: 'Terminology', summary, replies, anyQuery: true, handle } as const;
    const post: Route = { ...common, method: 'post', bodyLimit: () => bodyLimit };
    return operation.affectsState === true ? [post] : [post, { ...common, method: 'get' }];
  };
  const ofType = routesAt({ path: pathOf(operation) });
  if (type === undefined || instance === undefined) return ofType;
  const parameters = resourceParameters.filter((parameter) => parameter.name === 'id');
  return [...ofType, ...routesAt({ path: `/fhir/${type}/{id}/$${name}`, parameters })];
}

function answer(operation: TerminologyOperation, request: ApiRequest, services: Services): Answer {
  const { acceptLanguage } = request;
  const installed = services.terminology.content;
  return answered(() => {
    const parameters = parametersOf(request).over(instanceParameters(operation, request, installed));
    return operation.run({ parameters, acceptLanguage, installed });
  });
}

/** Of an operation on a resource: the parameters that name it. Throws a refusal (404) when it is not here. */
function instanceParameters(
  { type, instance }: TerminologyOperation,
  { parameters }: ApiRequest,
  installed: Content,
): InParameters {
  const id = parameters['id'];
  if (id === undefined || type === undefined || instance === undefined) return new InParameters([]);
  const resource = installedResource(type, id, installed);
  const { url, version } = { url: resource?.['url'], version: resource?.['version'] };
  if (typeof url !== 'string')
    throw new TerminologyRefusal(404, 'not-found', messages.unknownResource(type, id), { detail: 'not-found' });
  const own = typeof version === 'string' ? version : undefined;
  if (instance === 'url') return new InParameters([{ name: 'url', value: printCanonical(url, own) }]);
  const named = { name: 'system', value: url };
  return new InParameters(own === undefined ? [named] : [named, { name: 'version', value: own }]);
}

/** What a refusal tells is the answer, with the refusal's status. */
export function answered(run: () => JsonObject): Answer {
  try {
    return fhirText(JSON.stringify(run()));
  } catch (error) {
    if (!(error instanceof TerminologyRefusal)) throw error;
    return fhirText(JSON.stringify(outcomeOf([error.issue])), error.status);
  }
}

/** A body's parameters, over those of the query. */
function parametersOf({ body, query }: ApiRequest): InParameters {
  const asked = InParameters.fromQuery(query);
  return body.length === 0 ? asked : InParameters.fromResource(jsonOf(body)).over(asked);
}

export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new TerminologyRefusal(400, 'invalid', messages.wrongParameter('body', 'JSON'));
  }
}
