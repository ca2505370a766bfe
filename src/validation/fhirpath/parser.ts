// FHIRPath tokens to a syntax tree, by precedence climbing (http://hl7.org/fhirpath/N1/#operator-precedence).
import { SyntaxFailure } from './failure.js';
import { tokensOf, type Token } from './lexer.js';
import type { Expression, LiteralKind } from './syntax.js';

/** Higher binds tighter. */
const precedences: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  div: 10,
  mod: 10,
};

/** Calendar units that may follow a number without quotes. */
const units = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;

/** Deeper than any invariant: the parser is recursive, and expressions come with profiles. */
const deepest = 200;

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private get next(): Token {
    return this.tokens[this.at]!;
  }

  private take(): Token {
    const token = this.next;
    this.at += 1;
    return token;
  }

  private isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  private expect(text: string): void {
    if (!this.isSymbol(text)) throw new SyntaxFailure(`'${text}' is expected at ${this.next.at}.`);
    this.at += 1;
  }

  whole(): Expression {
    const expression = this.expression(1);
    if (this.next.kind !== 'end') throw new SyntaxFailure(`The expression goes on at ${this.next.at}.`);
    return expression;
  }

  private expression(lowest: number): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new SyntaxFailure('The expression is nested too deeply.');
    let left = this.unary();
    for (let level = this.operatorLevel(); level >= lowest; level = this.operatorLevel())
      left = this.infix(left, level);
    this.depth -= 1;
    return left;
  }

  private operatorLevel(): number {
    const { kind, text, quoted } = this.next;
    if (quoted === true || (kind !== 'symbol' && kind !== 'name')) return 0;
    return Object.hasOwn(precedences, text) ? (precedences[text] ?? 0) : 0;
  }

  private infix(left: Expression, level: number): Expression {
    const name = this.take().text;
    if (name === 'is' || name === 'as') return { kind: 'type', test: name, of: left, type: this.typeName() };
    return { kind: 'operator', name, left, right: this.expression(level + 1) };
  }

  private typeName(): string {
    const first = this.name();
    if (!this.isSymbol('.')) return first;
    this.at += 1;
    return `${first}.${this.name()}`;
  }

  private name(): string {
    const token = this.take();
    if (token.kind !== 'name') throw new SyntaxFailure(`A name is expected at ${token.at}.`);
    return token.text;
  }

  private unary(): Expression {
    if (!this.isSymbol('-') && !this.isSymbol('+')) return this.postfix(this.term());
    const negative = this.take().text === '-';
    return { kind: 'sign', negative, of: this.unary() };
  }

  private postfix(term: Expression): Expression {
    let of = term;
    for (;;) {
      if (this.isSymbol('.')) {
        this.at += 1;
        of = this.step(of);
      } else if (this.isSymbol('[')) of = this.indexer(of);
      else return of;
    }
  }

  private indexer(of: Expression): Expression {
    this.expect('[');
    const at = this.expression(1);
    this.expect(']');
    return { kind: 'index', of, at };
  }

  private step(of?: Expression): Expression {
    if (this.next.kind === 'special') return { kind: 'special', name: this.take().text };
    const name = this.name();
    const origin = of === undefined ? {} : { of };
    return this.isSymbol('(')
      ? { kind: 'call', ...origin, name, parameters: this.parameters() }
      : { kind: 'member', ...origin, name };
  }

  private parameters(): readonly Expression[] {
    this.expect('(');
    const parameters: Expression[] = [];
    while (!this.isSymbol(')')) {
      if (parameters.length > 0) this.expect(',');
      parameters.push(this.expression(1));
    }
    this.at += 1;
    return parameters;
  }

  private term(): Expression {
    const { kind, text } = this.next;
    if (kind === 'string') return this.literal('String');
    if (kind === 'number') return this.numeric();
    if (kind === 'temporal') return this.literal(temporalKind(text));
    if (kind === 'variable') return { kind, name: this.take().text };
    if (kind === 'name' && (text === 'true' || text === 'false') && this.next.quoted !== true)
      return this.literal('Boolean');
    if (kind === 'symbol') return this.group();
    return this.step();
  }

  private literal(type: LiteralKind): Expression {
    return { kind: 'literal', type, text: this.take().text };
  }

  private numeric(): Expression {
    const { text } = this.take();
    const { kind, text: unit } = this.next;
    if (kind === 'string' || (kind === 'name' && units.test(unit)))
      return { kind: 'literal', type: 'Quantity', text, unit: this.take().text };
    return { kind: 'literal', type: text.includes('.') ? 'Decimal' : 'Integer', text };
  }

  private group(): Expression {
    if (this.isSymbol('{')) {
      this.at += 1;
      this.expect('}');
      return { kind: 'empty' };
    }
    this.expect('(');
    const expression = this.expression(1);
    this.expect(')');
    return expression;
  }
}

function temporalKind(text: string): LiteralKind {
  if (text.startsWith('T')) return 'Time';
  return text.includes('T') ? 'DateTime' : 'Date';
}

/**
 * Parses an expression.
 *
 * @throws SyntaxFailure when the text is no FHIRPath; its message names positions, never the text.
 */
export const parseExpression = (text: string): Expression => new Parser(tokensOf(text)).whole();
