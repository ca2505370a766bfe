// Create, update and delete of the terminology that people curate (http://hl7.org/fhir/R4/http.html#create and below). What
// comes with the gateway is not changed by it: a curated resource of the same URL and version stands before an installed one.
import { randomUUID } from 'node:crypto';
import { canonicalJson, printJson } from '../../../../canonical/json.js';
import type { Issue } from '../../../../model/issue.js';
import { isObject, type JsonObject } from '../../../../model/json.js';
import { curationIssues, type CuratedResource } from '../../../../terminology/curation.js';
import { printCanonical } from '../../../../terminology/resources.js';
import type { CuratedOutcome, CuratedVersion, CuratedWrite } from '../../../store/curated.js';
import { validationOutcome } from '../../../validation/outcome.js';
import { readResource } from '../../../validation/resource-text.js';
import { fhir, fhirText, type Answer } from '../../answer.js';
import { Refusal } from '../../failure.js';
import { resourceParameters } from '../../resource-parameters.js';
import type { ApiRequest, Reply, Route, Services } from '../../route.js';
import { installedResource, isSearched, searchedTypes, type TerminologyType } from './search.js';

const bodyLimit = 64 * 1024 * 1024;

const outcome = (description: string): Reply => ({
  description,
  content: { 'application/fhir+json': 'OperationOutcome' },
});
const written = (description: string): Reply => ({ description, content: { 'application/fhir+json': 'Resource' } });

const refusals: Route['replies'] = {
  400: outcome('The body is no such resource'),
  409: outcome('Another resource has that URL and version, or the id is that of an installed one'),
  422: outcome('The resource is wrong; each issue names its element'),
};
const mismatch = { 412: outcome('Another version stands than the one that If-Match names') };

export const curateRoutes = (services: Services): readonly Route[] => [
  ...searchedTypes.map((type) => createRoute(type, services)),
  updateRoute(services),
  deleteRoute(services),
];

const createRoute = (type: TerminologyType, services: Services): Route => ({
  method: 'post',
  path: `/fhir/${type}`,
  tag: 'Terminology',
  summary: `Adds a ${type}`,
  bodyLimit: () => bodyLimit,
  replies: { 201: written('It is kept'), ...refusals },
  handle: (request) => kept(type, randomUUID(), request, services),
});

/** The path is that of every resource: those of messages are read only. */
const common = { tag: 'Terminology', path: '/fhir/{type}/{id}', parameters: resourceParameters } as const;
const readOnly: Route['replies'] = { 405: outcome('Resources of that type come from messages') };

function curatedType({ parameters }: ApiRequest): TerminologyType {
  const type = parameters['type']!;
  if (isSearched(type)) return type;
  throw new Refusal(405, 'Resources of that type come from messages, and are only read here.', { Allow: 'GET' });
}

const updateRoute = (services: Services): Route => ({
  ...common,
  method: 'put',
  summary: `Changes a ${searchedTypes.join(', ')}, or adds it under that id`,
  bodyLimit: () => bodyLimit,
  replies: {
    ...{ 200: written('It is changed, or was so already'), 201: written('It is kept') },
    ...{ ...refusals, ...readOnly, ...mismatch },
  },
  handle: (request) => kept(curatedType(request), request.parameters['id']!, request, services),
});

const deleteRoute = (services: Services): Route => ({
  ...common,
  method: 'delete',
  summary: `Deletes a curated ${searchedTypes.join(', ')}; its versions stay in its history`,
  replies: {
    204: { description: 'It is not there, or no longer' },
    409: refusals[409]!,
    ...readOnly,
    ...mismatch,
  },
  handle: async (request) => {
    const [type, id] = [curatedType(request), request.parameters['id']!];
    refuseInstalled(type, id, services);
    const removed = await services.store.curated.remove(type, id, expectedOf(request.ifMatch));
    if (removed === 'mismatch') throw preconditionFailed();
    await services.terminology.refresh();
    return fhirText('', 204, removed === undefined ? {} : versionHeaders(removed));
  },
});

async function kept(type: TerminologyType, id: string, request: ApiRequest, services: Services): Promise<Answer> {
  const read = readResource(request.body, bodyLimit);
  if (!read.ok) return fhir(validationOutcome(read.issues), 400);
  const given = read.value;
  refuseOther(type, id, given, request);
  refuseInstalled(type, id, services);
  const issues = [...read.issues, ...issuesOf(given, services)];
  if (isRefused(issues)) return fhir(validationOutcome(issues), 422);
  const done = await services.store.curated.write(writeOf(type, id, given, request.ifMatch));
  if (done.kind === 'mismatch') throw preconditionFailed();
  if (done.kind === 'taken') throw new Refusal(409, `Another ${type} has that URL and version. Change that one.`);
  await services.terminology.refresh();
  return writtenAnswer(done, services.config.BASE_URL);
}

/** A body of another type, or of another id than the path (http://hl7.org/fhir/R4/http.html#update). */
function refuseOther(type: TerminologyType, id: string, given: JsonObject, { parameters }: ApiRequest): void {
  if (given['resourceType'] !== type) throw new Refusal(400, `The body is no ${type}.`);
  if (parameters['id'] !== undefined && given['id'] !== id)
    throw new Refusal(400, 'The resource has another id than the path.');
}

function refuseInstalled(type: TerminologyType, id: string, { terminology }: Services): void {
  if (installedResource(type, id, terminology.installed) !== undefined)
    throw new Refusal(
      409,
      `The ${type} of that id is installed, and is not changed. Curate it under an id of its own.`,
    );
}

const isRefused = (issues: readonly Issue[]): boolean =>
  issues.some(({ severity }) => severity === 'error' || severity === 'fatal');

/** FHIR's own rules first: what breaks them is not looked at further. */
function issuesOf(given: JsonObject, { validation }: Services): readonly Issue[] {
  const found = validation().validate(given, { settings: {}, packages: [], resources: [] });
  return isRefused(found) ? found : [...found, ...curationIssues(given as unknown as CuratedResource)];
}

function writeOf(type: TerminologyType, id: string, given: JsonObject, ifMatch: string | undefined): CuratedWrite {
  const { url, version } = given;
  const content = canonicalJson(withMeta({ ...given, id }, {}));
  return {
    type,
    id,
    canonical: typeof url === 'string' ? printCanonical(url, typeof version === 'string' ? version : undefined) : id,
    expected: expectedOf(ifMatch),
    isSame: (text) => canonicalJson(withMeta(standing(text), {})) === content,
    text: (versionId, lastUpdated) => printJson(withMeta({ ...given, id }, { versionId, lastUpdated })),
  };
}

function standing(text: string): JsonObject {
  const read = readResource(Buffer.from(text), Number.MAX_SAFE_INTEGER);
  return read.ok ? read.value : {};
}

/** The resource with the server's part of its meta, and without that of whoever sent it. */
function withMeta(resource: JsonObject, own: JsonObject): JsonObject {
  const { versionId: _v, lastUpdated: _l, ...given } = isObject(resource['meta']) ? resource['meta'] : {};
  const meta = { ...given, ...own };
  return { ...resource, meta: Object.keys(meta).length === 0 ? undefined : meta };
}

/** `W/"2"` of If-Match. What is no such tag fits no version. */
const expectedOf = (ifMatch: string | undefined): string | undefined =>
  ifMatch === undefined ? undefined : (/^(?:W\/)?"([^"]*)"$/.exec(ifMatch.trim())?.[1] ?? '');

const preconditionFailed = (): Refusal => new Refusal(412, 'Another version stands than the one that If-Match names.');

const versionHeaders = ({ versionId, lastUpdated }: CuratedVersion): Readonly<Record<string, string>> => ({
  ETag: `W/"${versionId}"`,
  'Last-Modified': new Date(lastUpdated).toUTCString(),
});

function writtenAnswer({ kind, version }: Extract<CuratedOutcome, { version: unknown }>, base: string): Answer {
  const { type, id, versionId, text = '' } = version;
  const location = { Location: `${base}/${type}/${id}/_history/${versionId}` };
  return fhirText(text, kind === 'created' ? 201 : 200, { ...versionHeaders(version), ...location });
}
