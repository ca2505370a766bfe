// What is told of a failure on the terminal: the gateway's own words; of any other error its name and place in the code,
// for its text may quote the message.
import { GatewayError } from '../../model/error.js';

export function failureReason(error: unknown): string {
  if (error instanceof GatewayError) return error.message;
  if (!(error instanceof Error)) return 'unknown failure';
  const [place = 'unknown place'] = /[^\s(]+:\d+:\d+/.exec((error.stack ?? '').replace(error.message, '')) ?? [];
  return `${error.name} at ${place}`;
}
