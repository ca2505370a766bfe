// GET /openapi.json and /docs: the interface, told by itself.
import { html, json } from '../answer.js';
import { docsPage } from '../docs-page.js';
import { openApi } from '../openapi.js';
import type { Route, Services } from '../route.js';

/** Both tell of all routes, themselves among them. */
export function documentation({ version }: Services, all: () => readonly Route[]): Route[] {
  const openApiRoute: Route = {
    method: 'get',
    path: '/openapi.json',
    tag: 'Operation',
    summary: 'This interface as OpenAPI 3.1',
    replies: { 200: { description: 'The document', content: { 'application/json': 'OpenApi' } } },
    handle: () => json(openApi(all(), version)),
  };
  const docsRoute: Route = {
    method: 'get',
    path: '/docs',
    tag: 'Operation',
    summary: 'This interface as a page',
    replies: { 200: { description: 'The page', content: { 'text/html': 'Text' } } },
    handle: () => html(docsPage(all(), version)),
  };
  return [openApiRoute, docsRoute];
}
