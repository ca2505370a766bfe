// POST /fhir: a batch of terminology operations (http://hl7.org/fhir/R4/http.html#transaction). One that cannot be answered
// does not stop the others.
import type { JsonObject } from '../../../../model/json.js';
import type { Content } from '../../../../terminology/content.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import type { Answer } from '../../answer.js';
import type { ApiRequest, Route, Services } from '../../route.js';
import { InParameters } from './in-parameters.js';
import { answered, jsonOf, pathOf, type TerminologyOperation } from './operation.js';

interface Entry {
  readonly resource?: unknown;
  readonly request?: { readonly method?: string; readonly url?: string };
}

const mostEntries = 1_000;
const bodyLimit = 64 * 1024 * 1024;

function entriesOf(body: Uint8Array): readonly Entry[] {
  const bundle = jsonOf(body) as { resourceType?: string; type?: string; entry?: readonly Entry[] } | null;
  if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'batch')
    throw new TerminologyRefusal(400, 'invalid', messages.wrongParameter('body', 'a Bundle of type batch'));
  const { entry = [] } = bundle;
  if (entry.length <= mostEntries) return entry;
  throw new TerminologyRefusal(422, 'too-costly', messages.wrongParameter('entry', `at most ${mostEntries}`));
}

function queryOf(search: URLSearchParams): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}

const notSupported = (): TerminologyRefusal =>
  new TerminologyRefusal(
    404,
    'not-supported',
    messages.wrongParameter('request.url', 'one of a terminology operation'),
  );

function run(
  { request, resource }: Entry,
  operations: readonly TerminologyOperation[],
  installed: Content,
  acceptLanguage: string | undefined,
): JsonObject {
  const { pathname, searchParams } = new URL(request?.url?.replace(/^\/+/, '') ?? '', 'http://base/fhir/');
  const operation = operations.find((each) => pathOf(each) === decodeURIComponent(pathname));
  if (operation === undefined || (request?.method === 'GET' && operation.affectsState === true)) throw notSupported();
  const query = InParameters.fromQuery(queryOf(searchParams));
  const parameters = resource === undefined ? query : InParameters.fromResource(resource).over(query);
  return operation.run({ parameters, acceptLanguage, installed });
}

function responseEntry({ status, text }: Answer): JsonObject {
  const body = JSON.parse(text) as JsonObject;
  return status === 200
    ? { resource: body, response: { status: '200' } }
    : { response: { status: String(status), outcome: body } };
}

export const batchRoute = (operations: readonly TerminologyOperation[], services: Services): Route => ({
  method: 'post',
  path: '/fhir',
  tag: 'Terminology',
  summary: 'A batch of terminology operations',
  bodyLimit: () => bodyLimit,
  replies: {
    200: { description: 'A Bundle of type batch-response', content: { 'application/fhir+json': 'Bundle' } },
    400: { description: 'It is no batch', content: { 'application/fhir+json': 'OperationOutcome' } },
  },
  handle: ({ body, acceptLanguage }: ApiRequest) =>
    answered(() => ({
      resourceType: 'Bundle',
      type: 'batch-response',
      entry: entriesOf(body)
        .map((entry) => answered(() => run(entry, operations, services.terminology.content, acceptLanguage)))
        .map(responseEntry),
    })),
});
