// A regular expression in time linear in the text: all ways through the pattern are followed at once (Thompson 1968).
import { SyntaxFailure } from '../failure.js';
import { parsePattern, type Pattern } from './syntax.js';

type State =
  | { readonly kind: 'character'; readonly test: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'anchor'; readonly end: boolean; readonly next: number }
  | { readonly kind: 'accept' };

/** More than any pattern of the definitions; a counted repetition is written out. */
const mostStates = 20_000;

class Automaton {
  readonly states: State[] = [{ kind: 'accept' }];

  private add(state: State): number {
    if (this.states.length >= mostStates) throw new SyntaxFailure('A regular expression is too large.');
    return this.states.push(state) - 1;
  }

  /** Adds the states of a pattern before `next`; the number of the first. */
  compile(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case 'character':
        return this.add({ ...pattern, next });
      case 'anchor':
        return this.add({ ...pattern, next });
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.compile(part, after), next);
      case 'choice':
        return pattern.options
          .map((option) => this.compile(option, next))
          .reduceRight((other, first) => this.add({ kind: 'split', next: first, other }));
      case 'repeat':
        return this.repeat(pattern, next);
    }
  }

  private repeat({ of, min, max }: Extract<Pattern, { kind: 'repeat' }>, next: number): number {
    let start = max === Infinity ? this.loop(of, next) : this.optional(of, max - min, next);
    for (let count = 0; count < min; count += 1) start = this.compile(of, start);
    return start;
  }

  private loop(of: Pattern, next: number): number {
    const start = this.add({ kind: 'split', next, other: next });
    const body = this.compile(of, start);
    this.states[start] = { kind: 'split', next: body, other: next };
    return start;
  }

  private optional(of: Pattern, count: number, next: number): number {
    let start = next;
    for (let each = 0; each < count; each += 1)
      start = this.add({ kind: 'split', next: this.compile(of, start), other: next });
    return start;
  }
}

/** The states that can be reached without reading, each once. */
function follow(states: readonly State[], from: number, at: number, length: number, reached: Set<number>): void {
  const open = [from];
  while (open.length > 0) {
    const number = open.pop()!;
    if (reached.has(number)) continue;
    reached.add(number);
    const state = states[number]!;
    if (state.kind === 'split') open.push(state.other, state.next);
    else if (state.kind === 'anchor' && (state.end ? at === length : at === 0)) open.push(state.next);
  }
}

/** Does the pattern match somewhere in a text (all of it, when anchored)? */
export function linearTest(source: string, anchored: boolean): (text: string) => boolean {
  const automaton = new Automaton();
  const start = automaton.compile(parsePattern(source), 0);
  const { states } = automaton;
  return (text) => {
    const codes = Array.from(text, (character) => character.codePointAt(0)!);
    let current = new Set<number>();
    follow(states, start, 0, codes.length, current);
    for (let at = 0; at < codes.length; at += 1) {
      if (!anchored && current.has(0)) return true;
      const following = new Set<number>();
      for (const number of current) {
        const state = states[number]!;
        if (state.kind === 'character' && state.test(codes[at]!))
          follow(states, state.next, at + 1, codes.length, following);
      }
      if (!anchored) follow(states, start, at + 1, codes.length, following);
      current = following;
    }
    return current.has(0);
  };
}
