// What surplus facts are laid to: the kinds, and who may have asked for a fact.
import type { Definitions } from '../../../src/model/definitions.js';
import type { GuideIndex } from './guide-index.js';
import type { Rules } from './rules.js';

/** In the order in which they are asked: each fact is of the first that fits. */
export const kinds = [
  'stamp',
  'required by FHIR',
  'a row of the guide',
  'a row of the guide, otherwise',
  'beyond the guide',
] as const;
export type Kind = (typeof kinds)[number];

/** What a fact is laid to. */
export interface Account {
  readonly kind: Kind;
  readonly rule: string;
  /** The row of the guide, or the element that FHIR requires. */
  readonly row: string;
  readonly reason: string;
}

export interface Askers {
  readonly guide: GuideIndex;
  readonly rules: Rules;
  readonly definitions: Definitions;
  /** Why a rule stands in the package, where it says so itself. */
  readonly reasons: ReadonlyMap<string, string>;
}
