// What a failed statement means to the gateway. PostgreSQL's own words may quote a value, so only those of classes that
// speak of connections, names and resources are passed on (PostgreSQL manual, appendix A).
import { GatewayError, type ErrorCategory } from '../../model/error.js';

interface SqlError {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
}

const categoryOfState: Readonly<Record<string, ErrorCategory>> = {
  '23505': 'conflict',
  '40001': 'busy',
  '40P01': 'busy',
  '55P03': 'busy',
  '57014': 'interrupted',
  '42501': 'forbidden',
};

// Class 28 (authorization) and 3D (no such database) are failures to reach the store, like 08 and 57P0x.
const categoryOfClass: Readonly<Record<string, ErrorCategory>> = {
  '08': 'unavailable',
  '28': 'unavailable',
  '3D': 'unavailable',
  '53': 'unavailable',
  '57': 'unavailable',
  '58': 'unavailable',
};

const quotesNoValues: ReadonlySet<string> = new Set(['08', '28', '3D', '42', '53', '55', '57', '58']);

/** Any error of a driver as a GatewayError without message content. */
export function gatewayErrorOf(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const { code, message, constraint } = (error ?? {}) as SqlError;
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  if (state === undefined) return ofTransport(String(message ?? error), code);
  const words = quotesNoValues.has(state.slice(0, 2)) ? `: ${String(message)}` : '';
  const place = typeof constraint === 'string' ? ` on ${constraint}` : '';
  return new GatewayError(categoryOf(state), `The store refused a statement (SQLSTATE ${state}${place})${words}`);
}

const categoryOf = (state: string): ErrorCategory =>
  categoryOfState[state] ?? categoryOfClass[state.slice(0, 2)] ?? 'fault';

// Errors of sockets, of name look-up and of the pool carry no values. The pool names its own by words alone.
function ofTransport(message: string, code: unknown): GatewayError {
  const lost = typeof code === 'string' || /connection|connect|timeout|terminated|closed|ended/i.test(message);
  if (!lost) return new GatewayError('fault', 'The store failed without an SQLSTATE.');
  return new GatewayError('unavailable', `The store cannot be reached: ${message || String(code)}`);
}
