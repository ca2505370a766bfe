// The OpenAPI 3.1 document, made from the table of routes: what is served is what is documented.
import type { JsonObject } from '../../model/json.js';
import type { Parameter, Reply, Route } from './route.js';
import { schemas } from './schemas.js';

export const openApi = (routes: readonly Route[], version: string): JsonObject => ({
  openapi: '3.1.0',
  info: {
    title: 'Concord',
    version,
    description: 'Payloads of registered feeds in, canonical FHIR R4 with provenance and lineage out.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  paths: pathsOf(routes),
  components: { schemas },
});

function pathsOf(routes: readonly Route[]): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return paths;
}

const operation = (route: Route): JsonObject => ({
  tags: [route.tag],
  summary: route.summary,
  operationId: operationId(route),
  ...(route.parameters && { parameters: route.parameters.map(parameter) }),
  ...(route.bodyLimit && { requestBody: { required: true, content: bodyContent(route.body) } }),
  responses: Object.fromEntries(Object.entries(route.replies).map(([status, reply]) => [status, response(reply)])),
});

const bodyContent = (schema: string | undefined): JsonObject =>
  schema === undefined ? { '*/*': {} } : { 'application/json': { schema: reference(schema) } };

const reference = (schema: string): JsonObject => ({ $ref: `#/components/schemas/${schema}` });

/** `get_fhir_type_id`: stable, and unique because method and path are. */
const operationId = ({ method, path }: Route): string =>
  `${method}${path.replace(/[^A-Za-z0-9]+/g, '_')}`.replace(/_$/, '');

const parameter = (declared: Parameter): JsonObject => ({
  name: declared.name,
  in: declared.in,
  description: declared.description,
  required: declared.in === 'path' || declared.required === true,
  schema: { ...declared.schema },
});

const response = ({ description, content }: Reply): JsonObject => ({
  description,
  ...(content && {
    content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema: reference(schema) }])),
  }),
});
