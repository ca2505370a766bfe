// A request's body as JSON of a known shape.
import type { z } from 'zod';
import { Refusal } from './failure.js';

/** Throws a Refusal (400) that names each place and what is wrong there, never a value. */
export function jsonBody<T>(body: Uint8Array, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(parse(body));
  if (parsed.success) return parsed.data;
  throw new Refusal(400, parsed.error.issues.map(complaint).join('; '));
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400, 'The body is not JSON in UTF-8.');
  }
}

const complaint = ({ path, message }: z.core.$ZodIssue): string =>
  `${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') || 'The body'}: ${message}`;
