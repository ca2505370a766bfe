// /v1/codemaps/{map}/decisions and /v1/codemaps/drafts: what people decide on source codes, and what others make of it.
import { z } from 'zod';
import { relationships } from '../../../../terminology/concept-maps/decisions.js';
import { json } from '../../answer.js';
import { jsonBody } from '../../json-body.js';
import type { Parameter, Reply, Route, Services } from '../../route.js';

/** Bytes: some thousands of decisions. */
const bodyLimit = 4 * 1024 * 1024;

const text = (most: number) => z.string().trim().min(1).max(most);
const code = text(250);
const person = text(200);
const comment = text(2000).optional();

const decision = z.strictObject({
  system: code.optional(),
  code,
  display: text(1000).optional(),
  relationship: z.enum(relationships),
  target: z.strictObject({ system: code.optional(), code, display: text(1000).optional() }).optional(),
  comment,
});

const proposal = z.strictObject({
  feed: code,
  author: person,
  comment,
  decisions: z.array(decision).min(1).max(5000),
});

const review = z.strictObject({ reviewer: person, comment });

const problem = (description: string): Reply => ({ description, content: { 'application/problem+json': 'Problem' } });
const draftReply = (description: string): Reply => ({ description, content: { 'application/json': 'Draft' } });
const id: Parameter = { name: 'draft', in: 'path', description: 'Id of the draft', schema: { type: 'string' } };
const noDraft = problem('No such draft');

const reviewed = {
  parameters: [id],
  bodyLimit: () => bodyLimit,
  body: 'Review',
  replies: {
    200: draftReply('The draft as decided'),
    400: problem('The body is not a review'),
    403: problem('The reviewer is the author'),
    404: noDraft,
    409: problem('It was decided about already, or another version came between'),
  },
} as const satisfies Partial<Route>;

export const propose = ({ stewardship }: Services): Route => ({
  method: 'post',
  path: '/v1/codemaps/{map}/decisions',
  tag: 'Governance',
  summary: 'Proposes what source codes of a feed mean, as a draft of the feed’s code map',
  parameters: [{ name: 'map', in: 'path', description: 'Name of the code map', schema: { type: 'string' } }],
  bodyLimit: () => bodyLimit,
  body: 'Proposal',
  replies: {
    201: draftReply('The draft, to be previewed and reviewed'),
    400: problem('A decision cannot stand; told with its place'),
    404: problem('No such feed, or its mapping uses no such map'),
  },
  handle: async ({ parameters, body }) => {
    const draft = await stewardship.propose({ map: parameters['map']!, ...jsonBody(body, proposal) });
    return json(draft, 201, { Location: `/v1/codemaps/drafts/${draft.draftId}` });
  },
});

export const drafts = ({ store }: Services): Route => ({
  method: 'get',
  path: '/v1/codemaps/drafts',
  tag: 'Governance',
  summary: 'The drafts of code maps, newest first',
  parameters: [
    { name: 'feed', in: 'query', description: 'Of this feed only', schema: { type: 'string' } },
    { name: 'map', in: 'query', description: 'Of this code map only', schema: { type: 'string' } },
    {
      name: 'state',
      in: 'query',
      description: 'In this state only',
      schema: { type: 'string', enum: ['proposed', 'approved', 'refused'] },
    },
    {
      name: 'limit',
      in: 'query',
      description: 'At most this many',
      schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
    },
  ],
  replies: { 200: { description: 'The drafts', content: { 'application/json': 'Drafts' } } },
  handle: async ({ parameters: { limit, ...query } }) =>
    json({ drafts: await store.drafts({ ...query, limit: Number(limit ?? 50) }) }),
});

export const draft = ({ stewardship }: Services): Route => ({
  method: 'get',
  path: '/v1/codemaps/drafts/{draft}',
  tag: 'Governance',
  summary: 'A draft with its decisions',
  parameters: [id],
  replies: { 200: draftReply('The draft'), 404: noDraft },
  handle: async ({ parameters }) => json(await stewardship.draft(parameters['draft']!)),
});

export const preview = ({ stewardship }: Services): Route => ({
  method: 'post',
  path: '/v1/codemaps/drafts/{draft}/preview',
  tag: 'Governance',
  summary: 'What a draft would change of stored messages: those that met its codes, then the feed’s newest',
  parameters: [
    id,
    {
      name: 'messages',
      in: 'query',
      description: 'At most this many',
      schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 500 },
    },
  ],
  replies: {
    200: { description: 'Rows and messages that differ', content: { 'application/json': 'Preview' } },
    404: noDraft,
  },
  handle: async ({ parameters }) =>
    json(await stewardship.preview(parameters['draft']!, Number(parameters['messages'] ?? 500))),
});

export const approve = ({ stewardship, resumption }: Services): Route => ({
  method: 'post',
  path: '/v1/codemaps/drafts/{draft}/approve',
  tag: 'Governance',
  summary: 'Makes a draft the feed’s code map; held messages go on by themselves',
  ...reviewed,
  handle: async ({ parameters, body }) => {
    const approved = await stewardship.approve(parameters['draft']!, jsonBody(body, review));
    void resumption.wake();
    return json(approved);
  },
});

export const refuse = ({ stewardship }: Services): Route => ({
  method: 'post',
  path: '/v1/codemaps/drafts/{draft}/refuse',
  tag: 'Governance',
  summary: 'Refuses a draft; nothing changes',
  ...reviewed,
  handle: async ({ parameters, body }) => json(await stewardship.refuse(parameters['draft']!, jsonBody(body, review))),
});
