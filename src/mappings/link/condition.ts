// Conditions to objects of few classes.
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import { toDate } from '../convert/date-time.js';
import { isDecimal, toInteger } from '../convert/number.js';
import { isConverted } from '../convert/converter.js';
import { universalUri } from '../functions/authority-uri.js';
import { parseCondition, type Condition, type Kind, type Operand, type Sign } from '../language/condition.js';
import { link, type Linking } from './environment.js';
import type { Frame, Run } from './run.js';
import type { Test } from './step.js';

export const linkCondition = (linking: Linking, source: string, context: SourceContext = linking.context): Test =>
  linkTest(linking, parseCondition(source), context);

function linkTest(linking: Linking, condition: Condition, context: SourceContext): Test {
  const of = (operand: Operand): Text => new Text(linking, operand, context);
  switch (condition.op) {
    case 'and':
    case 'or': {
      const { op, left, right } = condition;
      return new Joined(op === 'or', linkTest(linking, left, context), linkTest(linking, right, context));
    }
    case 'not':
      return new Not(linkTest(linking, condition.operand, context));
    case 'valued':
      return 'path' in condition.of
        ? new Valued(link(linking, condition.of.path, context))
        : new TextTest(of(condition.of), (text) => text !== '');
    case 'in': {
      const values = new Set(condition.values);
      return new TextTest(of(condition.of), (text) => values.has(text));
    }
    case 'starts':
      return new TextTest(of(condition.of), (text) => text.startsWith(condition.text));
    case 'contains':
      return new TextTest(of(condition.of), (text) => text.includes(condition.text));
    case 'decimal':
    case 'integer':
    case 'date':
    case 'uri':
      return new TextTest(of(condition.of), kinds[condition.op]);
    case 'same': {
      const [text, other] = [of(condition.of), of(condition.other)];
      return {
        holds: (run, at, frame) => {
          const value = text.of(run, at, frame);
          return value !== undefined && value === other.of(run, at, frame);
        },
      };
    }
    case 'null':
      return nullTest(pathOf(linking, condition.of, context));
    case 'compare':
      return comparison(linking, condition, context);
  }
}

/** `and`, `or`. */
class Joined implements Test {
  /** The left one decides where it has this value. */
  readonly #decides: boolean;
  readonly #left: Test;
  readonly #right: Test;

  constructor(decides: boolean, left: Test, right: Test) {
    this.#decides = decides;
    this.#left = left;
    this.#right = right;
  }

  holds(run: Run, at: Place, frame: Frame | undefined): boolean {
    if (this.#left.holds(run, at, frame) === this.#decides) return this.#decides;
    return this.#right.holds(run, at, frame);
  }
}

class Not implements Test {
  readonly #test: Test;

  constructor(test: Test) {
    this.#test = test;
  }

  holds(run: Run, at: Place, frame: Frame | undefined): boolean {
    return !this.#test.holds(run, at, frame);
  }
}

class Valued implements Test {
  readonly #path: SourcePath;

  constructor(path: SourcePath) {
    this.#path = path;
  }

  holds({ message }: Run, at: Place): boolean {
    return this.#path.first(message, at) !== undefined;
  }
}

/** What is asked of a text; false where there is none. */
class TextTest implements Test {
  readonly #text: Text;
  readonly #test: (text: string) => boolean;

  constructor(text: Text, test: (text: string) => boolean) {
    this.#text = text;
    this.#test = test;
  }

  holds(run: Run, at: Place, frame: Frame | undefined): boolean {
    const text = this.#text.of(run, at, frame);
    return text !== undefined && this.#test(text);
  }
}

/** The text of an operand: of a path, or of a parameter of the module. */
class Text {
  readonly #path: SourcePath | undefined;
  readonly #parameter: number;

  constructor(linking: Linking, operand: Operand, context: SourceContext) {
    const isParameter = 'parameter' in operand;
    this.#path = isParameter ? undefined : pathOf(linking, operand, context);
    this.#parameter = isParameter ? linking.module.parameters.indexOf(operand.parameter) : -1;
  }

  of(run: Run, at: Place, frame: Frame | undefined): string | undefined {
    if (this.#path === undefined) return frame?.parameters[this.#parameter];
    const place = this.#path.first(run.message, at);
    return place === undefined ? undefined : run.message.text(place);
  }
}

const pathOf = (linking: Linking, operand: Operand, context: SourceContext): SourcePath =>
  link(linking, 'path' in operand ? operand.path : '.', context);

const toWhole = toInteger('integer', -2147483648);
const kinds = {
  decimal: (text: string) => isDecimal(text.trim()),
  integer: (text: string) => isConverted(toWhole(text.trim())),
  date: (text: string) => isConverted(toDate(text.trim())),
  uri: (text: string) => universalUri(text.trim()) !== undefined,
} satisfies Readonly<Record<Kind, (text: string) => boolean>>;

const nullTest = (path: SourcePath): Test => ({
  holds: ({ message }, at) => {
    const place = path.first(message, at);
    return place !== undefined && message.isNull(place);
  },
});

const signs: Readonly<Record<Sign, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

function comparison(
  linking: Linking,
  { measure, of, sign, number }: Extract<Condition, { op: 'compare' }>,
  context: SourceContext,
): Test {
  const holds = signs[sign];
  if (measure === 'length') {
    const text = new Text(linking, of, context);
    return { holds: (run, at, frame) => holds(text.of(run, at, frame)?.length ?? 0, number) };
  }
  const path = pathOf(linking, of, context);
  return { holds: ({ message }, at) => holds(path.all(message, at).length, number) };
}
