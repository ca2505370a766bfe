// FHIRPath text to tokens (http://hl7.org/fhirpath/N1/#lexical-elements).
import { SyntaxFailure } from './failure.js';

export type TokenKind = 'name' | 'string' | 'number' | 'temporal' | 'variable' | 'special' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes and with escapes resolved. */
  readonly text: string;
  /** Written between backquotes: never a keyword. */
  readonly quoted?: boolean;
  readonly at: number;
}

const space = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;

const escapes: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' };

const unescape = (text: string): string =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );

const inner = (text: string): string => unescape(text.slice(1, -1));

interface Shape {
  readonly kind: TokenKind;
  readonly pattern: RegExp;
  readonly textOf?: (matched: string) => string;
  readonly quoted?: true;
}

/** In the order in which they are tried. */
const shapes: readonly Shape[] = [
  { kind: 'string', pattern: /'(?:[^'\\]|\\[\s\S])*'/y, textOf: inner },
  { kind: 'name', pattern: /`(?:[^`\\]|\\[\s\S])*`/y, textOf: inner, quoted: true },
  {
    kind: 'temporal',
    pattern:
      /@(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)/y,
    textOf: (matched) => matched.slice(1),
  },
  { kind: 'number', pattern: /\d+(?:\.\d+)?/y },
  { kind: 'special', pattern: /\$(?:this|index|total)/y },
  {
    kind: 'variable',
    pattern: /%(?:'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|[A-Za-z_][A-Za-z0-9_-]*)/y,
    textOf: (matched) => (/^%['`]/.test(matched) ? inner(matched.slice(1)) : matched.slice(1)),
  },
  { kind: 'name', pattern: /[A-Za-z_][A-Za-z0-9_]*/y },
  { kind: 'symbol', pattern: /<=|>=|!=|!~|[-+*/&|=~<>.,()[\]{}]/y },
];

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } {
  for (const { kind, pattern, textOf, quoted } of shapes) {
    pattern.lastIndex = at;
    const matched = pattern.exec(text)?.[0];
    if (matched === undefined) continue;
    const token: Token = { kind, text: textOf?.(matched) ?? matched, at, ...(quoted && { quoted }) };
    return { token, end: at + matched.length };
  }
  throw new SyntaxFailure(`Nothing of FHIRPath starts at ${at}.`);
}

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  return space.test(text) ? space.lastIndex : at;
}

/**
 * The tokens of an expression, `end` last.
 *
 * @throws SyntaxFailure where no token starts.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const { token, end } = tokenAt(text, at);
    tokens.push(token);
    at = skipSpace(text, end);
  }
  return [...tokens, { kind: 'end', text: '', at }];
}
