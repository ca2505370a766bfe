// The tokens of an expression constraint; terms between bars, comments and blanks say nothing to a machine.
import { eclFault } from './syntax.js';

const pattern =
  /\s+|\/\*[\s\S]*?\*\/|\|[^|]*\||(<<!|>>!|<<|>>|<!|>!|!=|\.\.|\{\{|\}\}|[<>^:=,(){}[\]*.+-]|#-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|\d+|[A-Za-z_]+)/y;

export interface Token {
  readonly text: string;
  /** Place in the expression, from 1. */
  readonly column: number;
}

export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < expression.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(expression);
    if (found === null) throw eclFault(expression, `unexpected character at column ${at + 1}`);
    if (found[1] !== undefined) tokens.push({ text: found[1], column: at + 1 });
  }
  return tokens;
}
