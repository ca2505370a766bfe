// GET /v1/codemaps/worklist: source codes that no map has a row for, for stewards to map.
import { json } from '../../answer.js';
import type { Route, Services } from '../../route.js';

const page = 50;

export const worklist = ({ stewardship }: Services): Route => ({
  method: 'get',
  path: '/v1/codemaps/worklist',
  tag: 'Governance',
  summary: 'Source codes without a row in their code map; those that hold messages first',
  parameters: [
    { name: 'feed', in: 'query', description: 'Of this feed only', schema: { type: 'string' } },
    { name: 'map', in: 'query', description: 'For this code map only', schema: { type: 'string' } },
    {
      name: 'limit',
      in: 'query',
      description: 'At most this many',
      schema: { type: 'integer', minimum: 1, maximum: 500, default: page },
    },
    {
      name: 'offset',
      in: 'query',
      description: 'Leaves out so many; the `next` of the page before',
      schema: { type: 'integer', minimum: 0, default: 0 },
    },
  ],
  replies: {
    200: { description: 'A page; `next` is there when it is full', content: { 'application/json': 'Worklist' } },
  },
  handle: async ({ parameters: { feed, map, ...place } }) => {
    const [limit, offset] = [Number(place['limit'] ?? page), Number(place['offset'] ?? 0)];
    const asked = { ...(feed !== undefined && { feed }), ...(map !== undefined && { map }) };
    const unmapped = await stewardship.worklist({ ...asked, limit, offset });
    return json({ unmapped, ...(unmapped.length === limit && { next: offset + limit }) });
  },
});
