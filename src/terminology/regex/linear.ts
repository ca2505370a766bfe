// Matching in time proportional to the text, whatever the pattern: all states of Thompson's automaton advance together
// (https://swtch.com/~rsc/regexp/regexp1.html), so no pattern can make the service hang.
import { parseRegex, type CharacterTest, type RegexNode } from './parse.js';

type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'start' | 'end' | 'match' };

/** More states than this are refused: matching one code would no longer be a small thing. */
const mostInstructions = 20_000;

class Program {
  readonly code: Instruction[] = [];

  add<T extends Instruction>(instruction: T): T {
    if (!this.isTooLarge) this.code.push(instruction);
    return instruction;
  }

  get isTooLarge(): boolean {
    return this.code.length > mostInstructions;
  }

  emit(node: RegexNode): void {
    if (this.isTooLarge) return;
    if (node.kind === 'sequence' || node.kind === 'choice') this.#several(node.kind, node.nodes);
    else if (node.kind === 'repeat') this.#repeat(node.node, node.least, node.most);
    else if (node.kind === 'character') this.add(node);
    else this.add({ kind: node.kind });
  }

  #several(kind: 'sequence' | 'choice', nodes: readonly RegexNode[]): void {
    if (kind === 'choice') this.#choice(nodes);
    else for (const node of nodes) this.emit(node);
  }

  #choice(nodes: readonly RegexNode[]): void {
    const ends = nodes.slice(0, -1).map((node) => {
      const split = this.add({ kind: 'split', first: this.code.length + 1, second: 0 });
      this.emit(node);
      const end = this.add({ kind: 'jump', to: 0 });
      split.second = this.code.length;
      return end;
    });
    this.emit(nodes.at(-1)!);
    for (const end of ends) end.to = this.code.length;
  }

  #repeat(node: RegexNode, least: number, most: number): void {
    for (let count = 0; count < least; count += 1) this.emit(node);
    if (most === Infinity) this.#star(node);
    else this.#optional(node, most - least);
  }

  #star(node: RegexNode): void {
    const start = this.code.length;
    const split = this.add({ kind: 'split', first: start + 1, second: 0 });
    this.emit(node);
    this.add({ kind: 'jump', to: start });
    split.second = this.code.length;
  }

  #optional(node: RegexNode, times: number): void {
    const splits = Array.from({ length: times }, () => {
      const split = this.add({ kind: 'split', first: this.code.length + 1, second: 0 });
      this.emit(node);
      return split;
    });
    for (const split of splits) split.second = this.code.length;
  }
}

/** The states reachable without reading a character, added once each. */
function close(
  code: readonly Instruction[],
  from: number,
  states: Set<number>,
  isStart: boolean,
  isEnd: boolean,
): void {
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (states.has(state)) continue;
    states.add(state);
    const instruction = code[state]!;
    if (instruction.kind === 'jump') open.push(instruction.to);
    else if (instruction.kind === 'split') open.push(instruction.second, instruction.first);
    else if ((instruction.kind === 'start' && isStart) || (instruction.kind === 'end' && isEnd)) open.push(state + 1);
  }
}

function run(code: readonly Instruction[], text: string): boolean {
  const characters = Array.from(text, (character) => character.codePointAt(0)!);
  let states = new Set<number>();
  close(code, 0, states, true, characters.length === 0);
  for (let at = 0; at < characters.length && states.size > 0; at += 1) {
    const next = new Set<number>();
    for (const state of states) {
      const instruction = code[state]!;
      if (instruction.kind === 'character' && instruction.test(characters[at]!))
        close(code, state + 1, next, false, at === characters.length - 1);
    }
    states = next;
  }
  return states.has(code.length - 1);
}

/** A test of whole texts; `unreadable` or `too-large` when the pattern cannot be run. */
export function compileRegex(pattern: string): ((text: string) => boolean) | 'unreadable' | 'too-large' {
  const node = parseRegex(pattern);
  if (node === undefined) return 'unreadable';
  const program = new Program();
  program.emit(node);
  program.add({ kind: 'match' });
  if (program.isTooLarge) return 'too-large';
  return (text) => run(program.code, text);
}
