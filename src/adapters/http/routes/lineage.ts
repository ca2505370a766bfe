// GET /v1/lineage/{type}/{id}: where every leaf of a stored resource came from.
import { GatewayError } from '../../../model/error.js';
import { json } from '../answer.js';
import { resourceParameters } from '../resource-parameters.js';
import type { Route, Services } from '../route.js';

export const lineage = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/lineage/{type}/{id}',
  tag: 'Governance',
  summary: 'Where every element of the current version of a resource came from',
  parameters: resourceParameters,
  replies: {
    200: { description: 'A leaf for each value', content: { 'application/json': 'Lineage' } },
    404: { description: 'No such resource', content: { 'application/problem+json': 'Problem' } },
  },
  handle: async ({ parameters }) => {
    const found = await store.lineage(parameters['type']!, parameters['id']!);
    if (found === undefined) throw new GatewayError('not-found', 'No resource of that type has that id.');
    return json(found);
  },
});
