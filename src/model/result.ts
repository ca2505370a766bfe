// The outcome of work on a message: a value with the issues found on the way, or the issues alone (DESIGN section 7).
import type { Issue } from './issue.js';

export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** A value, with any issues that did not prevent it. */
export const success = <T>(value: T, issues: readonly Issue[] = []): Result<T> => ({ ok: true, value, issues });

/** No value: at least one issue says why. */
export const refusal = (...issues: readonly Issue[]): Result<never> => ({ ok: false, issues });
