// The types that an expression starts from: `Patient` and `Person` of `Patient.name | Person.name`.
import { parseExpression } from './parser.js';
import type { Expression } from './syntax.js';

const isTypeName = (name: string): boolean => /^[A-Z]/.test(name);

function typesOf(expression: Expression | undefined): readonly string[] {
  switch (expression?.kind) {
    case 'operator':
      return [...typesOf(expression.left), ...typesOf(expression.right)];
    case 'member':
      return expression.of === undefined && isTypeName(expression.name) ? [expression.name] : typesOf(expression.of);
    case 'call':
    case 'index':
    case 'sign':
    case 'type':
      return typesOf(expression.of);
    default:
      return [];
  }
}

/** @throws SyntaxFailure when the text is no FHIRPath. */
export const leadingTypes = (expression: string): readonly string[] => [
  ...new Set(typesOf(parseExpression(expression))),
];
