// GET /v1/feeds, /v1/mappings, /v1/codemaps, /v1/contracts: the governed artifacts the gateway runs on.
import { json } from '../answer.js';
import type { Route, Services } from '../route.js';

const list = (path: string, summary: string, schema: string, items: () => object): Route => ({
  method: 'get',
  path,
  tag: 'Governance',
  summary,
  replies: { 200: { description: 'All of them', content: { 'application/json': schema } } },
  handle: () => json(items()),
});

export const feeds = ({ gateway }: Services): Route =>
  list('/v1/feeds', 'The registered feeds', 'Feeds', () => ({ feeds: [...gateway.feeds.values()] }));

export const mappings = ({ catalogue }: Services): Route =>
  list('/v1/mappings', 'The mapping packages', 'Mappings', () => ({ mappings: catalogue.mappings() }));

export const codeMaps = ({ catalogue }: Services): Route =>
  list('/v1/codemaps', 'The code maps', 'CodeMaps', () => ({ codeMaps: catalogue.codeMaps() }));

export const contracts = ({ catalogue }: Services): Route =>
  list('/v1/contracts', 'The contracts, the registered extensions, and who owns which element', 'Contracts', () => {
    const { contracts: kept, extensions, ownership } = catalogue.contracts();
    return { contracts: kept, extensions, ownership };
  });
