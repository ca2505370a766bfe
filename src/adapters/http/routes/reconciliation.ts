// GET /v1/reconciliation: where messages contradicted one another, for stewards to ask their senders; and what they make of
// it: POST /v1/reconciliation/{id}/closing.
import { z } from 'zod';
import { GatewayError } from '../../../model/error.js';
import type { ReconciliationEntry } from '../../store/records.js';
import { json } from '../answer.js';
import { jsonBody } from '../json-body.js';
import type { Parameter, Reply, Route, Services } from '../route.js';

const page = 50;

const parameters: readonly Parameter[] = [
  { name: 'feed', in: 'query', description: 'That sent either message', schema: { type: 'string' } },
  { name: 'type', in: 'query', description: 'Of resources of this type', schema: { type: 'string' } },
  { name: 'id', in: 'query', description: 'Of the resource with this id', schema: { type: 'string' } },
  {
    name: 'state',
    in: 'query',
    description: 'Open, closed by a person, or settled by a later message',
    schema: { type: 'string', enum: ['open', 'closed', 'settled'] },
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

const text = (most: number) => z.string().trim().min(1).max(most);
const closing = z.strictObject({
  reviewer: text(200),
  resolution: z.enum(['kept', 'accepted']),
  comment: text(2000).optional(),
});

const problem = (description: string): Reply => ({ description, content: { 'application/problem+json': 'Problem' } });

export const closeMismatch = ({ store }: Services): Route => ({
  method: 'post',
  path: '/v1/reconciliation/{id}/closing',
  tag: 'Governance',
  summary: 'Closes a mismatch by hand: who, why, and whether what stands is right (kept) or both may differ (accepted)',
  parameters: [{ name: 'id', in: 'path', description: 'The `reconciliationId`', schema: { type: 'string' } }],
  bodyLimit: () => 64 * 1024,
  body: 'Closing',
  replies: {
    200: { description: 'The mismatch, closed', content: { 'application/json': 'Mismatch' } },
    400: problem('The body is not a closing'),
    404: problem('No such mismatch'),
    409: problem('It is closed or settled already'),
  },
  handle: async ({ parameters: { id = '' }, body }) => {
    const made = jsonBody(body, closing);
    if (await store.closeMismatch(id, made)) return json(await standing(store, id));
    const { state } = await standing(store, id);
    throw new GatewayError('conflict', `The mismatch is ${state} already.`);
  },
});

async function standing(store: Services['store'], id: string): Promise<ReconciliationEntry> {
  const found = await store.mismatch(id);
  if (found === undefined)
    throw new GatewayError('not-found', 'No mismatch has that id; GET /v1/reconciliation lists them.');
  return found;
}
