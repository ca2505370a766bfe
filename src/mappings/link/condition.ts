// Conditions to closures.
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import { toDate } from '../convert/date-time.js';
import { isDecimal, toInteger } from '../convert/number.js';
import { isConverted } from '../convert/converter.js';
import { universalUri } from '../functions/authority-uri.js';
import { parseCondition, type Condition, type Kind, type Operand, type Sign } from '../language/condition.js';
import { link, type Linking } from './environment.js';
import type { Frame, Run } from './run.js';
import type { Test } from './step.js';

type Text = (run: Run, at: Place, frame: Frame | undefined) => string | undefined;

export const linkCondition = (linking: Linking, source: string, context: SourceContext = linking.context): Test =>
  compile(linking, parseCondition(source), context);

function compile(linking: Linking, condition: Condition, context: SourceContext): Test {
  switch (condition.op) {
    case 'and': {
      const [left, right] = [compile(linking, condition.left, context), compile(linking, condition.right, context)];
      return (run, at, frame) => left(run, at, frame) && right(run, at, frame);
    }
    case 'or': {
      const [left, right] = [compile(linking, condition.left, context), compile(linking, condition.right, context)];
      return (run, at, frame) => left(run, at, frame) || right(run, at, frame);
    }
    case 'not': {
      const operand = compile(linking, condition.operand, context);
      return (run, at, frame) => !operand(run, at, frame);
    }
    case 'compare':
      return comparison(linking, condition, context);
    case 'null':
      return nullTest(linking, condition.of, context);
    case 'valued':
      return valuedTest(linking, condition.of, context);
    case 'in': {
      const text = linkText(linking, condition.of, context);
      const values = new Set(condition.values);
      return (run, at, frame) => values.has(text(run, at, frame) ?? '\u0000');
    }
    case 'same': {
      const [text, other] = [linkText(linking, condition.of, context), linkText(linking, condition.other, context)];
      return (run, at, frame) => {
        const value = text(run, at, frame);
        return value !== undefined && value === other(run, at, frame);
      };
    }
    case 'starts': {
      const text = linkText(linking, condition.of, context);
      return (run, at, frame) => text(run, at, frame)?.startsWith(condition.text) === true;
    }
    case 'contains': {
      const text = linkText(linking, condition.of, context);
      return (run, at, frame) => text(run, at, frame)?.includes(condition.text) === true;
    }
    case 'decimal':
    case 'integer':
    case 'date':
    case 'uri':
      return kindTest(linkText(linking, condition.of, context), condition.op);
  }
}

const toWhole = toInteger('integer', -2147483648);
const kinds = {
  decimal: (text: string) => isDecimal(text.trim()),
  integer: (text: string) => isConverted(toWhole(text.trim())),
  date: (text: string) => isConverted(toDate(text.trim())),
  uri: (text: string) => universalUri(text.trim()) !== undefined,
} satisfies Readonly<Record<Kind, (text: string) => boolean>>;

function kindTest(text: Text, kind: Kind): Test {
  const test = kinds[kind];
  return (run, at, frame) => {
    const value = text(run, at, frame);
    return value !== undefined && test(value);
  };
}

const pathOf = (linking: Linking, operand: Operand, context: SourceContext): SourcePath =>
  link(linking, 'path' in operand ? operand.path : '.', context);

function valuedTest(linking: Linking, operand: Operand, context: SourceContext): Test {
  if ('parameter' in operand) {
    const text = linkText(linking, operand, context);
    return (run, at, frame) => (text(run, at, frame) ?? '') !== '';
  }
  const path = pathOf(linking, operand, context);
  return (run, at) => path.first(run.message, at) !== undefined;
}

function nullTest(linking: Linking, operand: Operand, context: SourceContext): Test {
  const path = pathOf(linking, operand, context);
  return (run, at) => {
    const place = path.first(run.message, at);
    return place !== undefined && run.message.isNull(place);
  };
}

function linkText(linking: Linking, operand: Operand, context: SourceContext): Text {
  if ('parameter' in operand) {
    const index = linking.module.parameters.indexOf(operand.parameter);
    return (_run, _at, frame) => frame?.parameters[index];
  }
  const path = pathOf(linking, operand, context);
  return (run, at) => {
    const place = path.first(run.message, at);
    return place === undefined ? undefined : run.message.text(place);
  };
}

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
    const text = linkText(linking, of, context);
    return (run, at, frame) => holds(text(run, at, frame)?.length ?? 0, number);
  }
  const path = pathOf(linking, of, context);
  return (run, at) => holds(path.all(run.message, at).length, number);
}
