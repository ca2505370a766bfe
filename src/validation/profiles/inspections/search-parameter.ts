// SearchParameters (http://hl7.org/fhir/R4/searchparameter.html): the expression can be evaluated on the types of `base`; one that
// is derived has the type of the other, and no further bases.
import type { JsonObject } from '../../../model/json.js';
import { leadingTypes } from '../../fhirpath/leading-types.js';
import { SyntaxFailure } from '../../fhirpath/failure.js';
import { isObject } from '../../objects.js';
import { textAt, textsAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

/** The types that the paths of an expression start with; undefined when the text is no FHIRPath. */
function typesOf(expression: string): readonly string[] | undefined {
  try {
    return leadingTypes(expression);
  } catch (error) {
    if (error instanceof SyntaxFailure) return undefined;
    throw error;
  }
}

function checkExpression(expression: string, bases: readonly string[], run: FullRun, { types }: Walk): void {
  const ancestors = new Set(bases.flatMap((base) => [...types.type(base).ancestors]));
  const isOfBase = (type: string): boolean => ancestors.has(type) || bases.includes('Resource');
  if (typesOf(expression)?.every(isOfBase) === true) return;
  reportAt(['expression'], run, () => run.report('validate.search-expression'));
}

function checkDerived(parameter: JsonObject, bases: readonly string[], run: FullRun, { registry }: Walk): void {
  const origin = registry.searchParameter(textAt(parameter, 'derivedFrom') ?? '');
  if (origin === undefined) return;
  if (parameter.type !== origin.type) run.report('validate.search-type', { expected: origin.type });
  if (!bases.every((base) => origin.base.includes(base) || origin.base.includes('Resource')))
    run.report('validate.search-base', { expected: origin.base.join(', ') });
}

export const searchParameter: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  const bases = textsAt(value, 'base') ?? [];
  const expression = textAt(value, 'expression');
  if (expression !== undefined && bases.length > 0) checkExpression(expression, bases, run, walker);
  checkDerived(value, bases, run, walker);
};
