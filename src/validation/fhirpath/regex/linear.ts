// A regular expression in time linear in the text: all ways through the pattern are followed at once (Thompson 1968), and where
// a set of them leads is remembered by character.
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

/** Where in the text the states stand: `^` holds at its start, `$` at its end. */
interface Ends {
  readonly start: boolean;
  readonly end: boolean;
}

const within: Ends = { start: false, end: false };

/** Adds the states that can be reached from one without reading, each once. */
function follow(states: readonly State[], from: number, ends: Ends, reached: Set<number>): void {
  const open = [from];
  while (open.length > 0) {
    const number = open.pop()!;
    if (reached.has(number)) continue;
    reached.add(number);
    const state = states[number]!;
    if (state.kind === 'split') open.push(state.other, state.next);
    else if (state.kind === 'anchor' && (state.end ? ends.end : ends.start)) open.push(state.next);
  }
}

/** The states that a text so far may have led to. */
interface Subset {
  readonly states: ReadonlySet<number>;
  readonly isStart: boolean;
  /** Where each character leads, as far as it was asked. */
  readonly next: Map<number, Subset>;
  acceptsAtEnd?: boolean;
}

/** Further ones are forgotten and made again: what is kept is bounded, and the time stays linear. */
const mostSubsets = 500;

class Machine {
  private readonly states: readonly State[];
  private readonly from: number;
  private readonly anchored: boolean;
  private readonly known = new Map<string, Subset>();
  private readonly initial: Subset;
  constructor(source: string, anchored: boolean) {
    const automaton = new Automaton();
    this.from = automaton.compile(parsePattern(source), 0);
    this.states = automaton.states;
    this.anchored = anchored;
    const states = new Set<number>();
    follow(this.states, this.from, { start: true, end: false }, states);
    this.initial = { states, isStart: true, next: new Map() };
  }

  test(text: string): boolean {
    let subset = this.initial;
    for (let at = 0; at < text.length;) {
      if (!this.anchored && subset.states.has(0)) return true;
      const code = text.codePointAt(at)!;
      subset = subset.next.get(code) ?? this.step(subset, code);
      at += code > 0xffff ? 2 : 1;
    }
    return (subset.acceptsAtEnd ??= this.isAccepted(subset));
  }

  private step(subset: Subset, code: number): Subset {
    const reached = new Set<number>();
    for (const number of subset.states) {
      const state = this.states[number]!;
      if (state.kind === 'character' && state.test(code)) follow(this.states, state.next, within, reached);
    }
    if (!this.anchored) follow(this.states, this.from, within, reached);
    const following = this.subset(reached);
    if (subset.next.size < mostSubsets) subset.next.set(code, following);
    return following;
  }

  /** The one subset of these states. */
  private subset(states: ReadonlySet<number>): Subset {
    const key = [...states].sort((a, b) => a - b).join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= mostSubsets) this.forget();
    const made: Subset = { states, isStart: false, next: new Map() };
    this.known.set(key, made);
    return made;
  }

  private forget(): void {
    for (const subset of this.known.values()) subset.next.clear();
    this.initial.next.clear();
    this.known.clear();
  }

  private isAccepted({ states, isStart }: Subset): boolean {
    const reached = new Set<number>();
    for (const number of states) follow(this.states, number, { start: isStart, end: true }, reached);
    return reached.has(0);
  }
}

/** Does the pattern match somewhere in a text (all of it, when anchored)? */
export function linearTest(source: string, anchored: boolean): (text: string) => boolean {
  const machine = new Machine(source, anchored);
  return (text) => machine.test(text);
}
