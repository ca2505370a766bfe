// Requests that cannot be answered: their status, as problem details (RFC 9457) or as an OperationOutcome. The texts are
// ours and never repeat what was sent.
import type { JsonObject } from '../../model/json.js';
import { GatewayError, type ErrorCategory } from '../../model/error.js';
import type { IssueType } from '../../model/issues.js';
import { fhir, problemType, type Answer } from './answer.js';

export interface Failure {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const statusOf: Readonly<Record<ErrorCategory, number>> = {
  unavailable: 503,
  interrupted: 503,
  busy: 503,
  incorrect: 400,
  forbidden: 403,
  unsupported: 501,
  'not-found': 404,
  conflict: 409,
  fault: 500,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Payload too large',
  415: 'Unsupported media type',
  500: 'Internal error',
  501: 'Not implemented',
  503: 'Service unavailable',
};

export const failure = (status: number, detail: string, headers: Failure['headers'] = {}): Failure => ({
  status,
  title: titles[status] ?? 'Error',
  detail,
  headers,
});

/** Thrown by routes and their parts; app.ts answers it. */
export class Refusal extends Error {
  readonly failure: Failure;
  constructor(status: number, detail: string, headers?: Failure['headers']) {
    super(detail);
    this.failure = failure(status, detail, headers);
  }
}

/** What the client is told of a thing thrown: a refusal and a gateway's error in their words, anything else in none. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof GatewayError) return gatewayFailure(error);
  return bodyFailure(error) ?? failure(500, 'The gateway failed. Its log has the request id.');
}

function gatewayFailure({ category, retryable, message }: GatewayError): Failure {
  const detail = category === 'fault' ? 'The gateway failed. Its log has the request id.' : message;
  return failure(statusOf[category], detail, retryable ? { 'Retry-After': '1' } : {});
}

// What express.raw throws: https://github.com/expressjs/body-parser#errors.
const bodyFailures: Readonly<Record<string, Failure>> = {
  'entity.too.large': failure(413, 'The payload is larger than the feed allows.', { Connection: 'close' }),
  'encoding.unsupported': failure(415, 'The Content-Encoding is not one of gzip, deflate, br, identity.'),
  'request.aborted': failure(400, 'The request ended before its body did.'),
  'request.size.invalid': failure(400, 'The body is not as long as Content-Length says.'),
};

function bodyFailure(error: unknown): Failure | undefined {
  const { type, status } = error as { type?: string; status?: number };
  const known = type === undefined ? undefined : bodyFailures[type];
  return known ?? (status === 400 ? failure(400, 'The request is not well-formed.') : undefined);
}

/** Problem details, or an OperationOutcome for who speaks FHIR. */
export const failureAnswer = (failed: Failure, speaksFhir: boolean): Answer =>
  speaksFhir ? fhir(outcomeOf(failed), failed.status, failed.headers) : problem(failed);

const problem = ({ status, title, detail, headers = {} }: Failure): Answer => ({
  status,
  type: problemType,
  text: JSON.stringify({ type: 'about:blank', title, status, detail }),
  headers,
});

const issueTypes: Readonly<Record<number, IssueType>> = {
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  501: 'not-supported',
};

function outcomeOf({ status, title, detail }: Failure): JsonObject {
  const code = issueTypes[status] ?? (status < 500 ? 'value' : 'exception');
  const severity = status < 500 ? 'error' : 'fatal';
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity, code, details: { text: title }, diagnostics: detail }],
  };
}
