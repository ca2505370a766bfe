// GET /v1/messages and /v1/quarantine: what arrived, what became of it, and what is held.
import { GatewayError } from '../../../model/error.js';
import type { Disposition } from '../../../pipeline/outcome.js';
import { json } from '../answer.js';
import type { Parameter, Route, Services } from '../route.js';

const dispositions: readonly Disposition[] = ['publish', 'publish-with-warnings', 'hold', 'quarantine', 'reject'];

const feed: Parameter = { name: 'feed', in: 'query', description: 'Of this feed only', schema: { type: 'string' } };
const limit: Parameter = {
  name: 'limit',
  in: 'query',
  description: 'At most this many',
  schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
};

const limitOf = (parameters: Readonly<Record<string, string>>): number => Number(parameters['limit'] ?? 50);

export const messages = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/messages',
  tag: 'Governance',
  summary: 'The messages, newest first',
  parameters: [
    feed,
    {
      name: 'disposition',
      in: 'query',
      description: 'With this disposition only',
      schema: { type: 'string', enum: dispositions },
    },
    { name: 'payload', in: 'query', description: 'Of the payload with this SHA-256', schema: { type: 'string' } },
    { name: 'before', in: 'query', description: 'The `next` of the page before', schema: { type: 'string' } },
    limit,
  ],
  replies: {
    200: { description: 'A page; `next` is there when it is full', content: { 'application/json': 'Messages' } },
  },
  handle: async ({ parameters }) => {
    const found = await store.messages({ ...parameters, limit: limitOf(parameters) });
    const next = found.length === limitOf(parameters) ? found.at(-1)!.runId : undefined;
    return json({ messages: found, next });
  },
});

export const message = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/messages/{id}',
  tag: 'Governance',
  summary: 'A message with its runs and the resources it wrote',
  parameters: [{ name: 'id', in: 'path', description: 'The messageId', schema: { type: 'string' } }],
  replies: {
    200: { description: 'The message', content: { 'application/json': 'Message' } },
    404: { description: 'No such message', content: { 'application/problem+json': 'Problem' } },
  },
  handle: async ({ parameters }) => {
    const found = await store.message(parameters['id']!);
    if (found === undefined) throw new GatewayError('not-found', 'No message has that id.');
    return json(found);
  },
});

export const quarantine = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/quarantine',
  tag: 'Governance',
  summary: 'What is held, each with its reason',
  parameters: [
    feed,
    {
      name: 'resolved',
      in: 'query',
      description: 'Also what was published since',
      schema: { type: 'boolean', default: false },
    },
    limit,
  ],
  replies: { 200: { description: 'Newest first', content: { 'application/json': 'Quarantine' } } },
  handle: async ({ parameters }) => {
    const query = { resolved: parameters['resolved'] === 'true', limit: limitOf(parameters) };
    const entries = await store.quarantined(
      parameters['feed'] === undefined ? query : { ...query, feed: parameters['feed'] },
    );
    return json({ quarantine: entries });
  },
});
