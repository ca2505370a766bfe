// The condition language: a tiny, total expression set over source paths (DESIGN section 4, law 2; docs/language.md).

export type Condition =
  | { readonly op: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'not'; readonly operand: Condition }
  | { readonly op: 'valued' | 'null' | Kind; readonly of: Operand }
  | { readonly op: 'in'; readonly of: Operand; readonly values: readonly string[] }
  | { readonly op: 'same'; readonly of: Operand; readonly other: Operand }
  | { readonly op: 'starts' | 'contains'; readonly of: Operand; readonly text: string }
  | {
      readonly op: 'compare';
      readonly measure: 'count' | 'length';
      readonly of: Operand;
      readonly sign: Sign;
      readonly number: number;
    };

/** What a text may be: FHIR's names. A universal id counts as the URI that it has. */
export type Kind = 'decimal' | 'integer' | 'date' | 'uri';
export type Sign = '=' | '!=' | '>' | '>=' | '<' | '<=';
export type Operand = { readonly path: string } | { readonly parameter: string };

/** Why a condition is not one. */
export class ConditionError extends Error {}

const token = /\s*(?:('(?:[^']|'')*')|(!=|>=|<=|[=<>(),])|("[^"]+")|(\$\w+)|([^\s=!<>(),']+))/y;

interface Token {
  readonly text: string;
  readonly kind: 'string' | 'sign' | 'quoted' | 'parameter' | 'word';
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.trimEnd().length) {
    const match = token.exec(source);
    if (match === null)
      throw new ConditionError(
        `cannot be read from ${JSON.stringify(source.slice(tokens.length === 0 ? 0 : token.lastIndex))}`,
      );
    const [, string, sign, quoted, parameter, word] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1).replaceAll("''", "'") });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.slice(1, -1) });
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', text: parameter.slice(1) });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  parse(): Condition {
    const condition = this.or();
    if (this.at < this.tokens.length)
      throw new ConditionError(`does not expect "${this.tokens[this.at]?.text ?? ''}" here`);
    return condition;
  }

  private or(): Condition {
    let left = this.and();
    while (this.accept('word', 'or')) left = { op: 'or', left, right: this.and() };
    return left;
  }

  private and(): Condition {
    let left = this.not();
    while (this.accept('word', 'and')) left = { op: 'and', left, right: this.not() };
    return left;
  }

  private not(): Condition {
    if (this.accept('word', 'not')) return { op: 'not', operand: this.not() };
    if (this.accept('sign', '(')) {
      const inner = this.or();
      this.expect('sign', ')');
      return inner;
    }
    return this.test();
  }

  private test(): Condition {
    const measured = this.measure();
    if (measured !== undefined) return measured;
    const of = this.operand();
    if (this.accept('word', 'in')) return { op: 'in', of, values: this.list() };
    if (this.accept('sign', '=')) return this.equal(of);
    if (this.accept('sign', '!=')) return { op: 'not', operand: this.equal(of) };
    if (this.accept('word', 'starts')) return this.starts(of);
    if (this.accept('word', 'contains')) return { op: 'contains', of, text: this.string() };
    if (this.accept('word', 'is')) return this.kind(of);
    if (this.accept('word', 'not')) return { op: 'not', operand: this.negated(of) };
    this.accept('word', 'valued');
    return { op: 'valued', of };
  }

  /** `X = 'text'`, `X = Y`. */
  private equal(of: Operand): Condition {
    if (this.peek().kind === 'string') return { op: 'in', of, values: [this.string()] };
    return { op: 'same', of, other: this.operand() };
  }

  /** `X not valued`, `X not in (…)`. */
  private negated(of: Operand): Condition {
    if (this.accept('word', 'in')) return { op: 'in', of, values: this.list() };
    this.expect('word', 'valued');
    return { op: 'valued', of };
  }

  private starts(of: Operand): Condition {
    this.expect('word', 'with');
    return { op: 'starts', of, text: this.string() };
  }

  private kind(of: Operand): Condition {
    const not = this.accept('word', 'not');
    const { text } = this.next();
    if (text !== 'decimal' && text !== 'integer' && text !== 'date' && text !== 'uri' && text !== 'null')
      throw new ConditionError(`knows "is decimal|integer|date|uri|null", not "is ${text}"`);
    const condition: Condition = { op: text, of };
    return not ? { op: 'not', operand: condition } : condition;
  }

  private measure(): Condition | undefined {
    const { text, kind } = this.peek();
    if (kind !== 'word' || (text !== 'count' && text !== 'length') || this.tokens[this.at + 1]?.text !== '(')
      return undefined;
    this.at += 2;
    const of = this.operand();
    this.expect('sign', ')');
    const sign = this.next().text as Sign;
    if (!['=', '!=', '>', '>=', '<', '<='].includes(sign))
      throw new ConditionError(`needs a comparison after ${text}(…)`);
    const number = Number(this.next().text);
    if (Number.isNaN(number)) throw new ConditionError(`compares ${text}(…) with a number only`);
    return { op: 'compare', measure: text, of, sign, number };
  }

  private operand(): Operand {
    const { kind, text } = this.next();
    if (kind === 'parameter') return { parameter: text };
    if (kind === 'word' || kind === 'quoted') return { path: text };
    throw new ConditionError(`expects a source path, not "${text}"`);
  }

  private list(): string[] {
    this.expect('sign', '(');
    const values = [this.string()];
    while (this.accept('sign', ',')) values.push(this.string());
    this.expect('sign', ')');
    return values;
  }

  private string(): string {
    const { kind, text } = this.next();
    if (kind !== 'string') throw new ConditionError(`expects a quoted text, not ${text}`);
    return text;
  }

  private peek(): Token {
    const found = this.tokens[this.at];
    if (found === undefined) throw new ConditionError('ends too early');
    return found;
  }

  private next(): Token {
    const found = this.peek();
    this.at += 1;
    return found;
  }

  private accept(kind: Token['kind'], text: string): boolean {
    const found = this.tokens[this.at];
    if (found?.kind !== kind || found.text !== text) return false;
    this.at += 1;
    return true;
  }

  private expect(kind: Token['kind'], text: string): void {
    if (!this.accept(kind, text)) throw new ConditionError(`expects "${text}"`);
  }
}

/** Parses a condition. Throws ConditionError whose message completes "The condition …". */
export const parseCondition = (source: string): Condition => new Parser(source).parse();

/** Every operand of a condition, for checking its paths. */
export function operandsOf(condition: Condition): Operand[] {
  switch (condition.op) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.operand);
    case 'same':
      return [condition.of, condition.other];
    default:
      return [condition.of];
  }
}
