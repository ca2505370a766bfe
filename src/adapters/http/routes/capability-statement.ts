// GET /fhir/metadata: what the FHIR base can do (http://hl7.org/fhir/R4/capabilitystatement.html).
import type { JsonObject } from '../../../model/json.js';
import { fhir } from '../answer.js';
import type { Route, Services } from '../route.js';

export function metadata(services: Services): Route {
  const since = services.now();
  return {
    method: 'get',
    path: '/fhir/metadata',
    tag: 'FHIR',
    summary: 'The CapabilityStatement',
    parameters: [
      {
        name: 'mode',
        in: 'query',
        description: 'What to tell of',
        schema: { type: 'string', enum: ['full', 'normative', 'terminology'], default: 'full' },
      },
    ],
    replies: {
      200: { description: 'What the server can do', content: { 'application/fhir+json': 'CapabilityStatement' } },
    },
    handle: () => fhir(capabilityStatement(services, since)),
  };
}

const capabilityStatement = ({ config, version, catalogue }: Services, date: string): JsonObject => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date,
  kind: 'instance',
  software: { name: 'Concord', version },
  implementation: { description: 'Concord: canonical FHIR R4 of registered feeds', url: config.BASE_URL },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      documentation: 'Resources are written by POST /v1/normalize/{feed} and read here.',
      resource: catalogue.resourceTypes().map(readable),
    },
  ],
});

const readable = (type: string): JsonObject => ({
  type,
  interaction: [{ code: 'read' }, { code: 'vread' }, { code: 'history-instance' }],
  versioning: 'versioned',
  readHistory: true,
  updateCreate: false,
});
