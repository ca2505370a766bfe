// What a code system says of a code that a message sent. Asked of every coding of every message, and of the same codes again
// and again: answers are kept.
import { printCanonical } from './resources.js';
import { findSystem, type Content } from './content.js';
import { isInactive } from './code-systems/concept-state.js';
import { replacementsOf } from './code-systems/replacement.js';

export interface CodingState {
  /** `url|version` of the code system that was asked. */
  readonly system: string;
  readonly display: string | undefined;
  readonly isInactive: boolean;
  /** Codes of the same system that take its place. */
  readonly replacements: readonly string[];
}

/** Undefined for a system that is not installed, and for a code that it does not have. */
export type CodingStates = (system: string, code: string, version?: string) => CodingState | undefined;

/** More codes than a hospital uses; what comes beyond starts anew. */
const mostKept = 50_000;

export function codingStates(content: Content): CodingStates {
  const kept = new Map<string, CodingState | undefined>();
  return (system, code, version = '') => {
    const key = `${system}|${version} ${code}`;
    if (kept.has(key)) return kept.get(key);
    if (kept.size >= mostKept) kept.clear();
    const state = stateOf(content, system, code, version);
    kept.set(key, state);
    return state;
  };
}

function stateOf(content: Content, url: string, code: string, version: string): CodingState | undefined {
  const system = findSystem(content, url, version)?.defined();
  const concept = system?.find(code);
  if (system === undefined || concept === undefined) return undefined;
  return {
    system: printCanonical(url, system.version),
    display: concept.display,
    isInactive: isInactive(system, concept),
    replacements: replacementsOf(concept),
  };
}
