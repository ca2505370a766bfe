// What a mapping function is: the language's escape hatch (docs/language.md, Functions). Pure, named, versioned, and
// documented by examples that run as tests.
import type { Feed } from '../../model/feed.js';
import type { MutableValue } from '../../model/json.js';

/** What a function may know besides its inputs: values only, no clock and no look-ups outside. */
export interface FunctionEnvironment {
  readonly feed: Pick<Feed, 'authority' | 'namespaces' | 'codeSystems' | 'zone'>;
}

/** A function's answer to a value it cannot use; becomes the issue `map.function-refused`. */
export class Refused {
  /** Names the rule broken, never the value. */
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

export type FunctionInputs = readonly (string | undefined)[];

export interface FunctionExample {
  /** Texts in the order of `inputs`; null stands for an absent one. */
  readonly given: readonly (string | null)[];
  /** The value, a refusal, or null: nothing is written. */
  readonly gives: MutableValue | { readonly refused: string };
  readonly because?: string;
}

export interface MappingFunction {
  readonly name: string;
  readonly version: number;
  /** One sentence, with the clause. */
  readonly doc: string;
  readonly inputs: readonly { readonly name: string; readonly doc: string; readonly optional?: boolean }[];
  /** FHIR type of the result: a primitive or a data type. */
  readonly output: string;
  /** At least three; executed as tests and printed in docs/generated/functions.md. */
  readonly examples: readonly FunctionExample[];
  /**
   * Inputs are decoded texts, undefined where the source has none. Gives undefined when there is nothing to write (no
   * issue), a Refused when the value is there but cannot be used.
   */
  readonly run: (inputs: FunctionInputs, environment: FunctionEnvironment) => MutableValue | Refused | undefined;
}
