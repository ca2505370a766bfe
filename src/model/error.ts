// Failures of the gateway itself. A bad message is never one of these: it is a Result with issues.

/** The fixed categories; only the first three are worth a retry. */
export type ErrorCategory =
  | 'unavailable'
  | 'interrupted'
  | 'busy'
  | 'incorrect'
  | 'forbidden'
  | 'unsupported'
  | 'not-found'
  | 'conflict'
  | 'fault';

const retryable: ReadonlySet<ErrorCategory> = new Set(['unavailable', 'interrupted', 'busy']);

/** Thrown when the gateway, its configuration or its artifacts are wrong. The message never holds payload content. */
export class GatewayError extends Error {
  readonly category: ErrorCategory;
  constructor(category: ErrorCategory, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayError';
    this.category = category;
  }
  get retryable(): boolean {
    return retryable.has(this.category);
  }
}
