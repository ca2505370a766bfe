// The HTTP server's one pipeline: headers, request id, routes, failures, log and counts.
import express, {
  type Express,
  type IRoute,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import { randomUUID } from 'node:crypto';
import { groupBy } from '../../canonical/groups.js';
import type { Answer } from './answer.js';
import { Refusal, failureAnswer, failureOf } from './failure.js';
import { checkedParameters } from './parameters.js';
import type { ApiRequest, Route, Services } from './route.js';

// The gateway itself speaks plain HTTP; whoever puts TLS in front of it says so there.
const securityHeaders = helmet({
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  strictTransportSecurity: false,
});

/** An Express application that serves the routes. Unknown paths answer 404, known ones with another method 405. */
export function createApp(routes: readonly Route[], services: Services): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(securityHeaders, identified, observed(services));
  for (const [path, atPath] of groupBy(routes, ({ path }) => path)) serve(app.route(expressPath(path)), atPath);
  app.use(() => {
    throw new Refusal(404, 'There is nothing at this path. /docs lists what there is.');
  });
  app.use(failed(services));
  return app;
}

export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function serve(path: IRoute, routes: readonly Route[]): void {
  for (const route of routes) path[route.method](...handlers(route));
  path.all(notAllowed(routes.map(({ method }) => method.toUpperCase()).join(', ')));
}

const notAllowed =
  (methods: string): RequestHandler =>
  () => {
    throw new Refusal(405, `Allowed here: ${methods}.`, { Allow: methods });
  };

/** What is known of a request on its way. */
interface Trace {
  requestId: string;
  route: string;
}

const traceOf = (response: Response): Trace => response.locals as Trace;

// A client's id is taken over only where it is a plain short token: it goes to the log.
const identified: RequestHandler = (request, response, next) => {
  const given = request.get('X-Request-Id');
  const requestId = given !== undefined && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  Object.assign(response.locals, { requestId, route: 'none' } satisfies Trace);
  response.set('X-Request-Id', requestId);
  next();
};

const observed =
  ({ log, metrics }: Services): RequestHandler =>
  (request, response, next) => {
    const start = performance.now();
    response.on('close', () => {
      const { requestId, route } = traceOf(response);
      const milliseconds = performance.now() - start;
      metrics.request(request.method, route, response.statusCode, milliseconds / 1000);
      const fields = { method: request.method, route, status: response.statusCode, requestId };
      log.info('request', { ...fields, milliseconds: Math.round(milliseconds * 10) / 10 });
    });
    next();
  };

function handlers(route: Route): RequestHandler[] {
  const known: RequestHandler = (request, response, next) => {
    traceOf(response).route = route.path;
    response.locals['parameters'] = checkedParameters(
      route,
      request.params,
      route.anyQuery === true ? {} : request.query,
    );
    next();
  };
  const answering: RequestHandler = async (request, response) =>
    send(response, await route.handle(apiRequest(request, response)));
  return [known, ...(route.bodyLimit === undefined ? [] : [bodyReader(route.bodyLimit)]), answering];
}

const parametersOf = (response: Response): Readonly<Record<string, string>> =>
  response.locals['parameters'] as Record<string, string>;

// The limit is the feed's, so the reader is made for the request; what it reads is bytes, whatever their media type.
const bodyReader =
  (limitOf: NonNullable<Route['bodyLimit']>): RequestHandler =>
  (request, response, next) =>
    express.raw({ type: () => true, limit: limitOf(parametersOf(response)) })(request, response, next);

const apiRequest = (request: Request, response: Response): ApiRequest => ({
  parameters: parametersOf(response),
  query: queryOf(request),
  acceptLanguage: request.get('Accept-Language'),
  body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
  // Few routes ask, and to read the header takes longer than many an answer.
  wantsFhir: () => wantsFhir(request),
  wantsAsync: (request.get('Prefer') ?? '').split(/[,;]/).some((token) => token.trim() === 'respond-async'),
  ifNoneMatch: request.get('If-None-Match'),
  ifMatch: request.get('If-Match'),
  requestId: traceOf(response).requestId,
});

// The simple query parser gives a text, or several where a name repeats.
const queryOf = (request: Request): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(request.query as Record<string, string | string[]>).map(([name, value]) => [name, [value].flat()]),
  );

const wantsFhir = (request: Request): boolean =>
  request.accepts(['application/json', 'application/fhir+json']) === 'application/fhir+json';

function send(response: Response, { status, type, text, headers = {} }: Answer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers, 'Content-Type': type });
  response.end(status === 304 || status === 204 ? undefined : text);
}

const failed =
  ({ log }: Services) =>
  // Express tells an error handler by its four parameters.
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const failure = failureOf(error);
    if (failure.status >= 500) log.error('request failed', error, { requestId: traceOf(response).requestId });
    if (response.headersSent) response.destroy();
    else send(response, failureAnswer(failure, request.path.startsWith('/fhir') || wantsFhir(request)));
  };
