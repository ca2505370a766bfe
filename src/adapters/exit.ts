// How a process of the gateway ends when it cannot go on.
import { GatewayError } from '../model/error.js';

/** Tells why the process ends, and ends it. Only the gateway's own errors are told without their stack. */
export function fail(error: unknown): never {
  const told = error instanceof GatewayError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`concord: ${told}\n`);
  process.exit(1);
}
