// FHIR read, vread and history of the canonical resources (http://hl7.org/fhir/R4/http.html#read).
import { GatewayError } from '../../../model/error.js';
import type { JsonObject } from '../../../model/json.js';
import type { CuratedVersion } from '../../store/curated.js';
import type { ResourceVersion } from '../../store/store.js';
import { fhir, fhirText, type Answer } from '../answer.js';
import { Refusal } from '../failure.js';
import { historyText } from '../history-bundle.js';
import { resourceParameters } from '../resource-parameters.js';
import type { ApiRequest, Reply, Route, Services } from '../route.js';
import { installedResource } from './terminology/search.js';

const absent: Reply = { description: 'No such resource', content: { 'application/fhir+json': 'OperationOutcome' } };
const resource: Reply = {
  description: 'The resource, its version in ETag and meta.versionId',
  content: { 'application/fhir+json': 'Resource' },
};
const deleted: Reply = { description: 'It was deleted', content: { 'application/fhir+json': 'OperationOutcome' } };
const unchanged: Reply = { description: 'Still the version that If-None-Match names' };

export const read = (services: Services): Route => ({
  method: 'get',
  path: '/fhir/{type}/{id}',
  tag: 'FHIR',
  summary: 'The current version of a resource',
  parameters: resourceParameters,
  replies: { 200: resource, 304: unchanged, 404: absent, 410: deleted },
  handle: async (request) => {
    const { type, id } = request.parameters as { type: string; id: string };
    const stored = (await services.store.readResource(type, id)) ?? (await services.store.curated.version(type, id));
    const installed = stored === undefined ? installedWith(type, id, services) : undefined;
    return installed === undefined ? versionAnswer(request, stored) : fhir(installed);
  },
});

/** What comes with the installation: terminology, and the profiles that resources claim. */
const installedWith = (type: string, id: string, { catalogue, terminology }: Services): JsonObject | undefined =>
  type === 'StructureDefinition'
    ? catalogue.profiles().all.find((profile) => profile.id === id)
    : installedResource(type, id, terminology.installed);

export const readVersion = ({ store }: Services): Route => ({
  method: 'get',
  path: '/fhir/{type}/{id}/_history/{versionId}',
  tag: 'FHIR',
  summary: 'One version of a resource',
  parameters: [
    ...resourceParameters,
    { name: 'versionId', in: 'path', description: 'Version of the resource', schema: { type: 'string' } },
  ],
  replies: { 200: resource, 304: unchanged, 404: absent, 410: deleted },
  handle: async (request) => {
    const { type, id, versionId } = request.parameters as { type: string; id: string; versionId: string };
    const stored = await store.readVersion(type, id, versionId);
    return versionAnswer(request, stored ?? (await store.curated.version(type, id, versionId)));
  },
});

export const history = ({ store, config }: Services): Route => ({
  method: 'get',
  path: '/fhir/{type}/{id}/_history',
  tag: 'FHIR',
  summary: 'All versions of a resource, newest first',
  parameters: resourceParameters,
  replies: {
    200: { description: 'A Bundle of type history', content: { 'application/fhir+json': 'Bundle' } },
    404: absent,
  },
  handle: async ({ parameters }) => {
    const { type, id } = parameters as { type: string; id: string };
    const stored = await store.history(type, id);
    const versions = stored.length > 0 ? stored : await store.curated.history(type, id);
    if (versions.length === 0) throw unknownResource();
    return fhirText(historyText(versions, config.BASE_URL));
  },
});

const unknownResource = () => new GatewayError('not-found', 'No resource of that type has that id and version.');

/** Of a canonical resource, or of curated terminology. */
type Version = ResourceVersion | CuratedVersion;

function versionAnswer({ ifNoneMatch }: ApiRequest, version: Version | undefined): Answer {
  if (version === undefined) throw unknownResource();
  if (version.text === undefined)
    throw new Refusal(410, 'The resource was deleted; its versions stand in its history.');
  const etag = `W/"${version.versionId}"`;
  const headers = {
    ETag: etag,
    'Last-Modified': new Date(version.lastUpdated).toUTCString(),
    'Cache-Control': 'no-cache',
  };
  return fhirText(version.text, ifNoneMatch === etag ? 304 : 200, headers);
}
