// GET /v1/reconciliation: where messages contradicted one another, for stewards to ask their senders.
import { json } from '../answer.js';
import type { Parameter, Route, Services } from '../route.js';

const page = 50;

const parameters: readonly Parameter[] = [
  { name: 'feed', in: 'query', description: 'That sent either message', schema: { type: 'string' } },
  { name: 'type', in: 'query', description: 'Of resources of this type', schema: { type: 'string' } },
  { name: 'id', in: 'query', description: 'Of the resource with this id', schema: { type: 'string' } },
  {
    name: 'state',
    in: 'query',
    description: 'Open, or settled by a later message',
    schema: { type: 'string', enum: ['open', 'settled'] },
  },
  { name: 'before', in: 'query', description: 'The `next` of the page before', schema: { type: 'string' } },
  {
    name: 'limit',
    in: 'query',
    description: 'At most this many',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: page },
  },
];

export const reconciliation = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/reconciliation',
  tag: 'Governance',
  summary: 'Where messages contradicted one another: both sides with their places, and what decided; newest first',
  parameters,
  replies: {
    200: { description: 'A page; `next` is there when it is full', content: { 'application/json': 'Reconciliation' } },
  },
  handle: async ({ parameters: asked }) => {
    const limit = Number(asked['limit'] ?? page);
    const found = await store.reconciliation({ ...asked, limit });
    const next = found.length === limit ? found.at(-1)!.reconciliationId : undefined;
    return json({ reconciliation: found, next });
  },
});
