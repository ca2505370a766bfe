// Regular expressions of value set filters, read into a tree. The part of the syntax that can be run in linear time:
// characters, classes, groups, alternatives, repetition, anchors. No look-around, no back-references.

export type CharacterTest = (character: number) => boolean;

export type RegexNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly least: number; readonly most: number };

const inRange =
  (low: number, high: number): CharacterTest =>
  (character) =>
    character >= low && character <= high;
const not =
  (test: CharacterTest): CharacterTest =>
  (character) =>
    !test(character);
const anyOf =
  (tests: readonly CharacterTest[]): CharacterTest =>
  (character) =>
    tests.some((test) => test(character));
const exactly = (character: number): CharacterTest => inRange(character, character);

const digit = inRange(48, 57);
const word = anyOf([digit, inRange(65, 90), inRange(97, 122), exactly(95)]);
const space = anyOf([inRange(9, 13), exactly(32), exactly(160)]);
const lineEnd = anyOf([exactly(10), exactly(13)]);
const classes: Readonly<Record<string, CharacterTest>> = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, v: 11, '0': 0 };

class Reader {
  readonly #characters: readonly string[];
  #at = 0;
  /** The pattern is not within this syntax; what was made of it is to be thrown away. */
  failed = false;
  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  /** choice := sequence ('|' sequence)* */
  choice(): RegexNode {
    const nodes = [this.#sequence()];
    while (this.#accept('|')) nodes.push(this.#sequence());
    return nodes.length === 1 ? nodes[0]! : { kind: 'choice', nodes };
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#characters.length;
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = [];
    while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') nodes.push(this.#repeated());
    return { kind: 'sequence', nodes };
  }

  #repeated(): RegexNode {
    let node = this.#atom();
    for (let range = this.#quantifier(); range !== undefined; range = this.#quantifier()) {
      node = { kind: 'repeat', node, least: range[0], most: range[1] };
      // A lazy or possessive mark changes what is captured, not what matches as a whole.
      if (!this.#accept('?')) this.#accept('+');
    }
    return node;
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#accept('*')) return [0, Infinity];
    if (this.#accept('+')) return [1, Infinity];
    if (this.#accept('?')) return [0, 1];
    return this.#counted();
  }

  #counted(): readonly [number, number] | undefined {
    const rest = this.#characters.slice(this.#at, this.#at + 16).join('');
    const found = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(rest);
    if (found === null) return undefined;
    this.#at += found[0].length;
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3]);
    if (most < least) this.#fail();
    return [least, Math.max(least, most)];
  }

  #atom(): RegexNode {
    const next = this.#take();
    if (next === '(') return this.#group();
    if (next === '[') return { kind: 'character', test: this.#class() };
    if (next === '.') return { kind: 'character', test: not(lineEnd) };
    if (next === '^') return { kind: 'start' };
    if (next === '$') return { kind: 'end' };
    if (next === '\\') return { kind: 'character', test: this.#escaped() };
    if (next === '' || '*+?'.includes(next)) this.#fail();
    return { kind: 'character', test: exactly(next.codePointAt(0) ?? 0) };
  }

  #group(): RegexNode {
    if (this.#accept('?') && !this.#accept(':')) this.#fail();
    const node = this.choice();
    if (!this.#accept(')')) this.#fail();
    return node;
  }

  #class(): CharacterTest {
    const negated = this.#accept('^');
    const tests: CharacterTest[] = [];
    while (!this.failed && (tests.length === 0 || this.#peek() !== ']')) tests.push(this.#classPart());
    this.#take();
    return negated ? not(anyOf(tests)) : anyOf(tests);
  }

  #classPart(): CharacterTest {
    const first = this.#take();
    if (first === '\\' && classes[this.#peek()] !== undefined) return classes[this.#take()]!;
    const low = first === '\\' ? this.#escapedCharacter() : (first.codePointAt(0) ?? 0);
    if (this.#peek() !== '-' || this.#characters[this.#at + 1] === ']') return exactly(low);
    this.#take();
    const last = this.#take();
    const high = last === '\\' ? this.#escapedCharacter() : (last.codePointAt(0) ?? 0);
    if (high < low) this.#fail();
    return inRange(low, high);
  }

  #escaped(): CharacterTest {
    return classes[this.#peek()] === undefined ? exactly(this.#escapedCharacter()) : classes[this.#take()]!;
  }

  #escapedCharacter(): number {
    const next = this.#take();
    const control = controls[next];
    if (control !== undefined) return control;
    if (next === 'u' || next === 'x') return this.#hexadecimal(next === 'u' ? 4 : 2);
    // \1, \b, \p{…}: back-references, boundaries and categories are not part of this syntax.
    if (/[0-9A-Za-z]/.test(next)) this.#fail();
    return next.codePointAt(0) ?? 0;
  }

  #hexadecimal(length: number): number {
    const digits = Array.from({ length }, () => this.#take()).join('');
    if (!/^[0-9A-Fa-f]+$/.test(digits)) this.#fail();
    return parseInt(digits, 16);
  }

  #peek(): string {
    return this.#characters[this.#at] ?? '';
  }

  #take(): string {
    const next = this.#characters[this.#at];
    if (next === undefined) this.#fail();
    this.#at += 1;
    return next ?? '';
  }

  #fail(): void {
    this.failed = true;
    this.#at = this.#characters.length;
  }

  #accept(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }
}

/** The tree of a pattern; undefined when it cannot be read, or not within this syntax. */
export function parseRegex(pattern: string): RegexNode | undefined {
  const reader = new Reader(pattern);
  const node = reader.choice();
  return reader.isAtEnd && !reader.failed ? node : undefined;
}
