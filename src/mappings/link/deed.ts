// What a rule does at each place it reads, and what all such deeds share.
import type { Place } from '../../model/source.js';
import type { IrArgument } from '../language/ir.js';
import type { Linking } from './environment.js';
import type { Reader } from './reader.js';
import type { RuleReference } from './leaf.js';
import type { Frame, Run } from './run.js';
import type { Writer } from './write.js';

/** What a rule does at one place it reads; `at` is the place its other paths start from. */
export type Deed = (run: Run, place: Place, frame: Frame, at: Place) => void;

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
export function linkArgumentTexts(
  linking: Linking,
  given: readonly IrArgument[],
): (frame: Frame | undefined) => readonly string[] {
  const fixed = given.map((each) => ('fixed' in each ? each.fixed : ''));
  if (given.every((each) => 'fixed' in each)) return () => fixed;
  const sources = given.map((each) => ('parameter' in each ? linking.module.parameters.indexOf(each.parameter) : -1));
  return (frame) =>
    fixed.map((text, index) => (sources[index] === -1 ? text : (frame?.parameters[sources[index] ?? -1] ?? '')));
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
