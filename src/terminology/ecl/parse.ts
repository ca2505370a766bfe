// Expression constraint -> tree, by recursive descent. What is not understood is refused with its column.
import {
  eclFault,
  type Cardinality,
  type Constraint,
  type HierarchyOperator,
  type History,
  type Refinement,
} from './syntax.js';
import { TerminologyRefusal } from '../issue.js';
import { tokensOf, type Token } from './tokens.js';

const operators: ReadonlySet<string> = new Set(['<', '<<', '<!', '<<!', '>', '>>', '>!', '>>!']);
const histories: Readonly<Record<string, History>> = {
  HISTORY: 'max',
  HISTORY_MIN: 'min',
  HISTORY_MOD: 'mod',
  HISTORY_MAX: 'max',
};

/** No honest expression nests deeper; recursion is bounded by it. */
const deepest = 100;

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  readonly #expression: string;
  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }
  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#next + ahead]?.text;
  }
  take(): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw this.fault();
    return token.text;
  }
  /** Takes the token if it is the one. */
  skip(text: string): boolean {
    const isIt = this.peek()?.toUpperCase() === text;
    if (isIt) this.#next += 1;
    return isIt;
  }
  expect(text: string): void {
    if (!this.skip(text)) throw this.fault(text);
  }
  fault(wanted?: string): TerminologyRefusal {
    const token = this.#tokens[this.#next];
    const place = token === undefined ? 'the end' : `column ${token.column}`;
    return eclFault(
      this.#expression,
      wanted === undefined ? `syntax error at ${place}` : `${wanted} expected at ${place}`,
    );
  }
  nested<T>(read: () => T): T {
    if ((this.#depth += 1) > deepest) throw eclFault(this.#expression, 'nested too deep');
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

/** Throws a refusal for what cannot be read. */
export function parseEcl(expression: string): Constraint {
  const reader = new Reader(expression);
  const parsed = constraint(reader);
  if (reader.peek() !== undefined) throw reader.fault();
  return parsed;
}

/** Can the expression be read? */
export function isEcl(expression: string): boolean {
  try {
    parseEcl(expression);
    return true;
  } catch (error) {
    if (error instanceof TerminologyRefusal) return false;
    throw error;
  }
}

const constraint = (reader: Reader): Constraint => reader.nested(() => compound(reader));

// ECL 6.4: a conjunction and a disjunction together must be told apart with brackets.
function compound(reader: Reader): Constraint {
  const first = refined(reader);
  if (reader.skip('MINUS')) return { kind: 'minus', of: first, without: refined(reader) };
  const kind = setOperator(reader);
  if (kind === undefined) return first;
  const all = [first];
  while (setOperator(reader) === kind) {
    reader.take();
    all.push(refined(reader));
  }
  return { kind, of: all };
}

function setOperator(reader: Reader): 'and' | 'or' | undefined {
  const text = reader.peek()?.toUpperCase();
  if (text === 'AND' || text === ',') return 'and';
  return text === 'OR' ? 'or' : undefined;
}

function refined(reader: Reader): Constraint {
  const of = dotted(reader);
  return reader.skip(':') ? { kind: 'refined', of, by: refinement(reader) } : of;
}

function dotted(reader: Reader): Constraint {
  let of = simple(reader);
  while (reader.skip('.')) of = { kind: 'targets', of, attribute: simple(reader) };
  return of;
}

function simple(reader: Reader): Constraint {
  const text = reader.peek();
  if (text !== undefined && operators.has(text)) {
    reader.take();
    return supplemented(reader, { kind: 'hierarchy', operator: text as HierarchyOperator, of: operand(reader) });
  }
  return supplemented(reader, operand(reader));
}

function operand(reader: Reader): Constraint {
  if (reader.skip('^')) return { kind: 'members', of: reader.nested(() => operand(reader)) };
  if (reader.skip('*')) return { kind: 'any' };
  if (reader.skip('(')) {
    const inner = constraint(reader);
    reader.expect(')');
    return inner;
  }
  if (!/^\d+$/.test(reader.peek() ?? '')) throw reader.fault();
  return { kind: 'concept', code: reader.take() };
}

/** `{{ +HISTORY-MOD }}` */
function supplemented(reader: Reader, of: Constraint): Constraint {
  if (!reader.skip('{{')) return of;
  reader.expect('+');
  let name = reader.take().toUpperCase();
  if (reader.skip('-')) name += `_${reader.take().toUpperCase()}`;
  const depth = histories[name];
  if (depth === undefined) throw reader.fault('HISTORY');
  reader.expect('}}');
  return { kind: 'history', depth, of };
}

function refinement(reader: Reader): Refinement {
  const first = reader.nested(() => part(reader));
  const kind = setOperator(reader);
  if (kind === undefined) return first;
  const all = [first];
  while (setOperator(reader) === kind) {
    reader.take();
    all.push(reader.nested(() => part(reader)));
  }
  if (setOperator(reader) !== undefined) throw reader.fault();
  return { kind, of: all };
}

function part(reader: Reader): Refinement {
  const stated = reader.peek() === '[' ? cardinality(reader) : undefined;
  const counted = stated === undefined ? {} : { cardinality: stated };
  if (reader.skip('{')) {
    const of = refinement(reader);
    reader.expect('}');
    return { kind: 'group', ...counted, of };
  }
  if (stated === undefined && reader.skip('(')) {
    const of = refinement(reader);
    reader.expect(')');
    return of;
  }
  return attribute(reader, counted);
}

function attribute(reader: Reader, counted: { readonly cardinality?: Cardinality }): Refinement {
  const name = simple(reader);
  const comparison = reader.take();
  if (comparison !== '=' && comparison !== '!=') throw reader.fault('= or !=');
  return { kind: 'attribute', ...counted, name, isEqual: comparison === '=', value: value(reader) };
}

function value(reader: Reader): Constraint | string {
  const text = reader.peek() ?? '';
  return text.startsWith('#') || text.startsWith('"') ? reader.take() : simple(reader);
}

function cardinality(reader: Reader): Cardinality {
  reader.expect('[');
  const least = Number(reader.take());
  reader.expect('..');
  const most = reader.take();
  reader.expect(']');
  if (!Number.isInteger(least) || (most !== '*' && !/^\d+$/.test(most))) throw reader.fault('a cardinality');
  return most === '*' ? { least } : { least, most: Number(most) };
}
