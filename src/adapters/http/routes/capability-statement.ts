// GET /fhir/metadata: what the FHIR base can do (http://hl7.org/fhir/R4/capabilitystatement.html).
import type { JsonObject } from '../../../model/json.js';
import { builtOn } from '../../installation.js';
import type { CanonicalProfiles } from '../../definitions/canonical-profiles.js';
import { fhir } from '../answer.js';
import type { Route, Services } from '../route.js';
import { terminologyOperations } from './terminology/index.js';
import { isSearched, searchNames, type TerminologyType } from './terminology/search.js';
import { terminologyCapabilities } from './terminology/terminology-capabilities.js';

export function metadata(services: Services): Route {
  const since = services.now();
  return {
    method: 'get',
    path: '/fhir/metadata',
    tag: 'FHIR',
    summary: 'The CapabilityStatement, or the TerminologyCapabilities',
    parameters: [
      {
        name: 'mode',
        in: 'query',
        description: 'What to tell of',
        schema: { type: 'string', enum: ['full', 'normative', 'terminology'], default: 'full' },
      },
      { name: '_format', in: 'query', description: 'Always answered as JSON', schema: { type: 'string' } },
    ],
    replies: {
      200: { description: 'What the server can do', content: { 'application/fhir+json': 'CapabilityStatement' } },
    },
    handle: ({ parameters }) =>
      fhir(
        parameters['mode'] === 'terminology'
          ? terminologyCapabilities(services, since)
          : capabilityStatement(services, since),
      ),
  };
}

const feature = (definition: string, value: JsonObject): JsonObject => ({
  url: 'http://hl7.org/fhir/uv/application-feature/StructureDefinition/feature',
  extension: [
    { url: 'definition', valueCanonical: definition },
    { url: 'value', ...value },
  ],
});

// What clients of the HL7 terminology ecosystem ask of a server before they use it.
const features: readonly JsonObject[] = [
  feature('http://hl7.org/fhir/uv/tx-tests/FeatureDefinition/test-version', { valueCode: '1.9.0' }),
  feature('http://hl7.org/fhir/uv/tx-ecosystem/FeatureDefinition/CodeSystemAsParameter', { valueBoolean: true }),
];

const capabilityStatement = ({ config, version, catalogue }: Services, date: string): JsonObject => ({
  resourceType: 'CapabilityStatement',
  extension: features,
  url: `${config.BASE_URL}/CapabilityStatement/concord`,
  version,
  name: 'Concord',
  title: 'Concord: canonical FHIR R4 and terminology',
  status: 'active',
  date,
  kind: 'instance',
  instantiates: ['http://hl7.org/fhir/CapabilityStatement/terminology-server'],
  software: { name: 'Concord', version, releaseDate: builtOn() },
  implementation: { description: 'Concord: canonical FHIR R4 of registered feeds', url: config.BASE_URL },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      documentation: 'Resources are written by POST /v1/normalize/{feed} and read here; terminology is curated here.',
      resource: catalogue.resourceTypes().map((type) => resourceElement(type, catalogue.profiles())),
      operation: operationsOf(undefined),
    },
  ],
});

const operationsOf = (type: string | undefined): readonly JsonObject[] =>
  terminologyOperations
    .filter((operation) => operation.type === type)
    .map(({ name, definition }) => ({ name, definition }));

function resourceElement(type: string, { all }: CanonicalProfiles): JsonObject {
  const operation = operationsOf(type);
  const supportedProfile = all.filter((profile) => profile.type === type).map(({ url }) => url);
  return {
    type,
    ...(supportedProfile.length > 0 && { supportedProfile }),
    ...interactions(isSearched(type)),
    ...(isSearched(type) && { searchParam: searchParameters(type) }),
    ...(operation.length > 0 && { operation }),
  };
}

/** http://hl7.org/fhir/R4/searchparameter-registry.html: the types of the parameters in use. */
const parameterTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['url', 'system'].map((name) => [name, 'uri'])),
  ...Object.fromEntries(['name', 'title', 'publisher', 'value'].map((name) => [name, 'string'])),
  ...Object.fromEntries(['source', 'target', 'reference'].map((name) => [name, 'reference'])),
};

const searchParameters = (type: TerminologyType): readonly JsonObject[] =>
  searchNames(type).map((name) => ({ name, type: parameterTypes[name] ?? 'token' }));

const reading = ['read', 'vread', 'history-instance'];
const curating = ['search-type', 'create', 'update', 'delete'];

const interactions = (curated: boolean): JsonObject => ({
  interaction: [...reading, ...(curated ? curating : [])].map((code) => ({ code })),
  versioning: curated ? 'versioned-update' : 'versioned',
  readHistory: true,
  updateCreate: curated,
});
