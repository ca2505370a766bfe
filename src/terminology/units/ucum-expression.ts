// UCUM expressions by their syntax (https://ucum.org/ucum#section-Syntax-Rules), over the table of unit atoms and prefixes.
// Read from left to right: `a/b.c` is (a/b).c. Blanks are allowed within annotations only: FHIR's own lists have them there.

export interface UcumAtom {
  readonly code: string;
  readonly name: string;
  /** It takes prefixes. */
  readonly isMetric: boolean;
  /** Of no dimension but its own: `[IU]` (UCUM section 24). */
  readonly isArbitrary: boolean;
  /** Exponents of m, s, g, rad, K, C and cd. */
  readonly dimension: readonly number[];
}

export interface UcumPrefix {
  readonly code: string;
  readonly name: string;
}

export interface UcumTables {
  /** By code, case sensitive. */
  readonly atoms: ReadonlyMap<string, UcumAtom>;
  readonly prefixes: readonly UcumPrefix[];
}

export interface UcumUnit {
  readonly kind: 'unit';
  readonly prefix?: UcumPrefix;
  readonly atom: UcumAtom;
  readonly exponent: number;
}

/** A number, or an annotation that stands alone and counts as one. */
export interface UcumFactor {
  readonly kind: 'factor';
  readonly value: number;
}

export interface UcumTerm {
  readonly kind: 'term';
  readonly parts: readonly UcumPart[];
}

export interface UcumPart {
  readonly isDivisor: boolean;
  readonly component: UcumUnit | UcumFactor | UcumTerm;
}

export interface UcumFault {
  readonly kind: 'fault';
  readonly why: string;
  /** Characters before it, plus one. */
  readonly position: number;
}

/** No code is longer than this, and no parentheses are nested deeper. */
const longest = 200;
const deepest = 20;

const annotation = /\{[ -z|~]*\}/y;
const integer = /\d+/y;
const exponent = /[+-]?\d+/y;
// Brackets may hold what else ends a symbol: `B[10.nV]`, `[m/s2/Hz^(1/2)]`. `10*` and `10^` begin with digits.
const symbol = /10[*^]|(?:[A-Za-z%*^'"_]|\[[!-Z^-z|~]+\])+/y;

/** Reads step by step; the first fault ends it, and every step then gives undefined. */
class Reader {
  readonly #text: string;
  readonly #tables: UcumTables;
  #at = 0;
  fault: UcumFault | undefined;

  constructor(text: string, tables: UcumTables) {
    this.#text = text;
    this.#tables = tables;
  }

  whole(): UcumTerm | undefined {
    if (this.#text.length > longest) return this.#fail(`The code is longer than ${longest} characters`);
    const term = this.#term(0);
    return this.#at < this.#text.length ? this.#unexpected() : term;
  }

  #fail(why: string, at = this.#at): undefined {
    this.fault ??= { kind: 'fault', why, position: at + 1 };
  }

  #unexpected(): undefined {
    const character = this.#text[this.#at];
    if (character === undefined) this.#fail('A symbol or a number is missing');
    else this.#fail(`The character '${character}' is unexpected`);
  }

  #next(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #takes(character: string): boolean {
    const isNext = this.#text[this.#at] === character;
    if (isNext) this.#at += 1;
    return isNext;
  }

  #term(depth: number): UcumTerm | undefined {
    if (depth > deepest) return this.#fail(`Parentheses are nested deeper than ${deepest}`);
    const parts: UcumPart[] = [];
    let isDivisor = this.#takes('/');
    do {
      const component = this.#component(depth);
      if (component === undefined) return undefined;
      parts.push({ isDivisor, component });
      isDivisor = this.#text[this.#at] === '/';
    } while (this.#takes('/') || this.#takes('.'));
    return { kind: 'term', parts };
  }

  #component(depth: number): UcumPart['component'] | undefined {
    if (this.#next(annotation) !== undefined) return { kind: 'factor', value: 1 };
    const found = this.#takes('(') ? this.#inParentheses(depth) : this.#annotatable();
    this.#next(annotation);
    return found;
  }

  #inParentheses(depth: number): UcumTerm | undefined {
    const term = this.#term(depth + 1);
    return this.#takes(')') ? term : this.#fail('A parenthesis is not closed');
  }

  #annotatable(): UcumUnit | UcumFactor | undefined {
    const start = this.#at;
    const text = this.#next(symbol);
    if (text !== undefined) return this.#unit(text, start);
    const digits = this.#next(integer);
    return digits === undefined ? this.#unexpected() : { kind: 'factor', value: Number(digits) };
  }

  #unit(text: string, start: number): UcumUnit | undefined {
    const unit = unitOf(text, this.#tables);
    if (unit === undefined) return this.#fail(`The unit '${text}' is unknown`, start);
    return { kind: 'unit', ...unit, exponent: Number(this.#next(exponent) ?? 1) };
  }
}

/** An atom as it stands, else a prefix with an atom that takes prefixes. */
function unitOf(text: string, { atoms, prefixes }: UcumTables): Pick<UcumUnit, 'atom' | 'prefix'> | undefined {
  const whole = atoms.get(text);
  if (whole !== undefined) return { atom: whole };
  for (const prefix of prefixes) {
    const atom = text.startsWith(prefix.code) ? atoms.get(text.slice(prefix.code.length)) : undefined;
    if (atom?.isMetric === true) return { prefix, atom };
  }
  return undefined;
}

/** The expression that a code is, or why it is none and where. */
export function parseUcum(code: string, tables: UcumTables): UcumTerm | UcumFault {
  const reader = new Reader(code, tables);
  const term = reader.whole();
  return reader.fault ?? term ?? { kind: 'fault', why: 'The code is empty', position: 1 };
}

/** `mg/dL` -> `(milligram) / (deciliter)` */
export function ucumName({ parts }: UcumTerm): string {
  const words = parts.flatMap(({ isDivisor, component }, index) => [
    ...(isDivisor ? ['/'] : index === 0 ? [] : ['*']),
    componentName(component),
  ]);
  return words.join(' ');
}

function componentName(component: UcumPart['component']): string {
  if (component.kind === 'factor') return String(component.value);
  if (component.kind === 'term') return `(${ucumName(component)})`;
  const { prefix, atom, exponent: power } = component;
  return `(${prefix?.name ?? ''}${atom.name}${power === 1 ? '' : ` ^ ${power}`})`;
}

const bases = ['m', 's', 'g', 'rad', 'K', 'C', 'cd'];

function addPowers(term: UcumTerm, sign: number, powers: Map<string, number>): void {
  const add = (base: string, power: number) => powers.set(base, (powers.get(base) ?? 0) + power);
  for (const { isDivisor, component } of term.parts) {
    const direction = isDivisor ? -sign : sign;
    if (component.kind === 'term') addPowers(component, direction, powers);
    if (component.kind !== 'unit') continue;
    const { atom, exponent: power } = component;
    if (atom.isArbitrary) add(atom.code, direction * power);
    atom.dimension.forEach((each, index) => add(bases[index]!, direction * power * each));
  }
}

/** The base units of an expression without its factor, by name: `kg/L` -> `g.m-3`. Of what has no dimension: `1`. */
export function canonicalUcum(term: UcumTerm): string {
  const powers = new Map<string, number>();
  addPowers(term, 1, powers);
  const kept = [...powers].filter(([, power]) => power !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return kept.map(([base, power]) => `${base}${power === 1 ? '' : power}`).join('.') || '1';
}
