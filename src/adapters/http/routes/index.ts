// The table of routes. A new one is a file beside this, and a line here.
import type { Route, Services } from '../route.js';
import { codeMaps, contracts, feeds, mappings } from './artifacts.js';
import { approve, draft, drafts, preview, propose, refuse } from './codemaps/drafts.js';
import { exportMap, importMap } from './codemaps/exchange.js';
import { worklist } from './codemaps/worklist.js';
import { metadata } from './capability-statement.js';
import { dictionary, dictionaryConcept } from './dictionary.js';
import { documentation } from './documentation.js';
import { history, read, readVersion } from './fhir-read.js';
import { lineage } from './lineage.js';
import { message, messages, quarantine } from './messages.js';
import { job, normalize } from './normalize.js';
import { live, metrics, ready } from './operation.js';
import { validate } from './validate.js';
import { closeMismatch, reconciliation } from './reconciliation.js';
import { terminologyRoutes } from './terminology/index.js';

export function routesOf(services: Services): readonly Route[] {
  const routes: Route[] = [
    ...[normalize, job],
    ...[feeds, mappings, codeMaps, contracts, messages, message, quarantine, reconciliation, closeMismatch, lineage],
    ...[dictionary, dictionaryConcept],
    ...[worklist, propose, drafts, draft, preview, approve, refuse],
    ...[exportMap, importMap],
    ...[metadata, validate],
  ].map((route) => route(services));
  // An operation's path is one of a resource to who does not know it: operations go first.
  routes.push(...terminologyRoutes(services));
  routes.push(...[read, history, readVersion, live, ready, metrics].map((route) => route(services)));
  routes.push(...documentation(services, () => routes));
  return routes;
}
