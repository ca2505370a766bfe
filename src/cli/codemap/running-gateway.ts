// A gateway that runs somewhere, asked over HTTP.
import { Option } from 'commander';
import { loadConfig } from '../../adapters/config.js';
import { GatewayError } from '../../model/error.js';

export interface GatewayOption {
  readonly url?: string;
}

export const gatewayOption = (): Option =>
  new Option('--url <url>', 'the gateway (default: the one that HOST and PORT tell of)');

/** The body of an answer. Throws a GatewayError in the gateway's words for a refusal, `unavailable` where none answers. */
export async function ask(path: string, { url }: GatewayOption, init: RequestInit = {}): Promise<string> {
  const base = (url ?? configuredUrl()).replace(/\/+$/, '');
  const response = await fetch(`${base}${path}`, init).catch((cause: unknown) => {
    throw new GatewayError('unavailable', `No gateway answers at ${base}: start it, or name it with --url.`, { cause });
  });
  const body = await response.text();
  if (!response.ok) throw new GatewayError('incorrect', `The gateway answers ${response.status}: ${reasonIn(body)}`);
  return body;
}

/** A POST; with a JSON body where there is one. */
export const sending = (body?: object): RequestInit => ({
  method: 'POST',
  ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
});

function configuredUrl(): string {
  const { HOST, PORT } = loadConfig(process.env);
  return `http://${HOST}:${PORT}`;
}

/** The detail of problem details (RFC 9457), or what there is. */
function reasonIn(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: string };
    return detail ?? body;
  } catch {
    return body;
  }
}
