// Requests and responses that are Express's from birth (docs/adr/0023-messages-born-as-express-has-them.md).
import type { Express } from 'express';
import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';

/**
 * What `http.createServer` is to make its messages of. Express otherwise gives each message another prototype when it
 * comes, and what V8 notes of that change keeps the message until the next full collection: every scavenge then copies
 * nearly all of what it should let go of.
 */
export function messageClasses(app: Express): ServerOptions {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  app.request = between(ExpressRequest.prototype, app.request);
  app.response = between(ExpressResponse.prototype, app.response);
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}

/** The class's prototype, with what Express adds behind it. */
const between = <T extends object>(prototype: object, express: T): T => Object.setPrototypeOf(prototype, express) as T;
