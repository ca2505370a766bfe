// The part of regular expressions that the linear engine runs: what FHIR's definitions and profiles use.
import { SyntaxFailure } from '../failure.js';

export type Pattern =
  | { readonly kind: 'character'; readonly test: (code: number) => boolean }
  | { readonly kind: 'anchor'; readonly end: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly min: number; readonly max: number };

const refuse = (): never => {
  throw new SyntaxFailure('A regular expression that may take exponential time uses what the linear engine has not.');
};

/** One character by JavaScript's own rules: a class or an escape, tested once per code and remembered. */
function characterTest(source: string): (code: number) => boolean {
  const expression = new RegExp(`^(?:${source})$`, 'su');
  const known = new Map<number, boolean>();
  return (code) => {
    const remembered = known.get(code);
    if (remembered !== undefined) return remembered;
    const matches = expression.test(String.fromCodePoint(code));
    if (known.size < 1_000) known.set(code, matches);
    return matches;
  };
}

const token =
  /\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[pP]\{[^}]*\}|\\[^1-9bBkux]|\[(?:\\.|[^\]\\])*\]|[^\\()[\]{}*+?|^$]/suy;
const quantifier = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;

class PatternParser {
  private readonly source: string;
  private at = 0;
  constructor(source: string) {
    this.source = source;
  }

  whole(): Pattern {
    const pattern = this.choice();
    return this.at < this.source.length ? refuse() : pattern;
  }

  private choice(): Pattern {
    const options = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at += 1;
      options.push(this.sequence());
    }
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')')
      parts.push(this.quantified(this.atom()));
    return { kind: 'sequence', parts };
  }

  private quantified(of: Pattern): Pattern {
    quantifier.lastIndex = this.at;
    const matched = quantifier.exec(this.source);
    if (matched === null) return of;
    this.at = quantifier.lastIndex;
    const [written, least, comma, most] = matched;
    if (least === undefined)
      return { kind: 'repeat', of, min: written.startsWith('+') ? 1 : 0, max: written.startsWith('?') ? 1 : Infinity };
    const min = Number(least);
    return { kind: 'repeat', of, min, max: comma === undefined ? min : most ? Number(most) : Infinity };
  }

  private atom(): Pattern {
    const character = this.source[this.at];
    if (character === '(') return this.group();
    if (character === '^' || character === '$') {
      this.at += 1;
      return { kind: 'anchor', end: character === '$' };
    }
    token.lastIndex = this.at;
    const written = token.exec(this.source)?.[0];
    if (written === undefined) return refuse();
    this.at += written.length;
    return { kind: 'character', test: characterTest(written) };
  }

  private group(): Pattern {
    this.at += 1;
    if (this.source.startsWith('?:', this.at)) this.at += 2;
    else if (this.source[this.at] === '?') return refuse();
    const pattern = this.choice();
    if (this.source[this.at] !== ')') return refuse();
    this.at += 1;
    return pattern;
  }
}

/** @throws SyntaxFailure when the pattern uses look-around, back-references or other things that need no linear time. */
export const parsePattern = (source: string): Pattern => new PatternParser(source).whole();
