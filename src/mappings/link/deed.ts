// What a rule does at each place it reads, and what all such deeds share.
import type { Place } from '../../model/source.js';
import type { IrArgument } from '../language/ir.js';
import type { Linking } from './environment.js';
import type { Reader } from './reader.js';
import type { RuleReference } from './leaf.js';
import { noParameters, type Frame, type Run } from './run.js';
import type { Writer } from './write.js';

/** What a rule does. */
export interface Deed {
  /** At one place the rule reads; `at` is the place its other paths start from. */
  do(run: Run, place: Place, frame: Frame, at: Place): void;
}

/** A rule taken apart for linking its action. */
export interface RuleLinking {
  readonly linking: Linking;
  readonly rule: RuleReference;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly whole: boolean;
  /** The target path as words, for the list of deletes. */
  readonly element: string;
}

/** Parameters a caller passes on: constants, or its own parameters. */
export class Parameters {
  readonly #fixed: readonly string[];
  /** Which of the caller's own each is, -1 for a constant; undefined where all are constants. */
  readonly #own: readonly number[] | undefined;

  constructor(fixed: readonly string[], own?: readonly number[]) {
    this.#fixed = fixed;
    this.#own = own;
  }

  of(frame: Frame | undefined): readonly string[] {
    const own = this.#own;
    if (own === undefined) return this.#fixed;
    return this.#fixed.map((text, index) => (own[index] === -1 ? text : (frame?.parameters[own[index] ?? -1] ?? '')));
  }
}

const nothing = new Parameters(noParameters);

export function linkParameters(linking: Linking, given: readonly IrArgument[]): Parameters {
  if (given.length === 0) return nothing;
  const fixed = given.map((each) => ('fixed' in each ? each.fixed : ''));
  if (given.every((each) => 'fixed' in each)) return new Parameters(fixed);
  return new Parameters(
    fixed,
    given.map((each) => ('parameter' in each ? linking.module.parameters.indexOf(each.parameter) : -1)),
  );
}

/** Puts what a frame built where it belongs, if any of it came from the source. */
export function attachFrame(writer: Writer, outer: Frame, inner: Frame, rule: RuleReference): void {
  const { primitive } = inner;
  if (primitive !== undefined) writer.put(outer, primitive.value, primitive.leaf, inner);
  else if (inner.sourced) writer.attach(outer, inner.element, rule);
  else return;
  touch(outer);
}

/** Notes that a value of the source was written. */
export function touch(frame: Frame): void {
  frame.sourced = true;
}
