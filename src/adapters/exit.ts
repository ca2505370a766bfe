// What is told on the terminal of a failure, and how a process ends that cannot go on.
import { GatewayError } from '../model/error.js';
import { codePlaces } from './telemetry/code-places.js';

/** The gateway's own errors in their words; any other by its name and places in the code, for its text may quote a message. */
export function failureReason(error: unknown): string {
  if (error instanceof GatewayError) return error.message;
  if (!(error instanceof Error)) return 'unknown failure';
  return [error.name, ...codePlaces(error).map((place) => `  at ${place}`)].join('\n');
}

/** Tells why the process ends, and ends it. */
export function fail(error: unknown): never {
  process.stderr.write(`concord: ${failureReason(error)}\n`);
  process.exit(1);
}
