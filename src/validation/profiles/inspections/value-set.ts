// ValueSets (http://hl7.org/fhir/R4/valueset.html#compositions): systems are absolute, the codes listed are codes of theirs, filters
// have values of the type of their property.
import type { JsonObject } from '../../../model/json.js';
import { isEcl } from '../../../terminology/ecl/parse.js';
import { SyntaxFailure } from '../../fhirpath/failure.js';
import { parseExpression } from '../../fhirpath/parser.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

function checkConcepts(include: JsonObject, system: string, run: FullRun, { registry }: Walk): void {
  objectsAt(include, 'concept').forEach((concept, index) => {
    const code = textAt(concept, 'code');
    if (code !== undefined && registry.valueSets.isCode(system, code) === false)
      reportAt([`concept[${index}]`], run, () =>
        run.reportAs('VALUESET_INCLUDE_INVALID_CONCEPT_CODE_VER', 'validate.code-unknown'),
      );
  });
}

/**
 * Values of a property by its type (http://hl7.org/fhir/R4/valueset-concept-property-type.html); a Coding is `system|version#code`, a number
 * may have a prefix as in searches (http://hl7.org/fhir/R4/search.html#prefix).
 */
const propertyValues: Readonly<Record<string, RegExp>> = {
  Coding: /^[^#\s]+#[^#]+$/,
  boolean: /^(true|false)$/,
  integer: /^(eq|ne|lt|gt|le|ge)?[+-]?\d+$/,
  decimal: /^(eq|ne|lt|gt|le|ge)?[+-]?\d+(\.\d+)?$/,
  dateTime: /^\d{4}(-\d{2}(-\d{2}(T.+)?)?)?$/,
};

/** Operators whose value is one value of the property. */
const isOfOneValue = (operator: string | undefined): boolean => operator === '=' || operator === undefined;

function isFilterValue(filter: JsonObject, system: string, { registry }: Walk): boolean {
  const [name, operator, value] = ['property', 'op', 'value'].map((each) => textAt(filter, each));
  if (value === undefined || !isOfOneValue(operator)) return true;
  // http://hl7.org/fhir/R4/snomedct.html#implicit: an expression of the Expression Constraint Language
  if (system === 'http://snomed.info/sct' && (name === 'constraint' || name === 'expression')) return isEcl(value);
  const property = objectsAt(registry.canonical(system), 'property').find(({ code }) => code === name);
  return propertyValues[textAt(property, 'type') ?? '']?.test(value) ?? true;
}

const expressionUrl = 'http://hl7.org/fhir/StructureDefinition/cqf-expression';
const parameterUrl = 'http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter';

/** Names that a value set declares, for the expressions in its filters. */
const parametersOf = (valueSet: JsonObject): ReadonlySet<string> =>
  new Set(
    objectsAt(valueSet, 'extension')
      .filter(({ url }) => url === parameterUrl)
      .flatMap((parameter) => objectsAt(parameter, 'extension').filter(({ url }) => url === 'name'))
      .flatMap(({ valueCode }) => (typeof valueCode === 'string' ? [valueCode] : [])),
  );

/** What is wrong with it, by the reference validator's ids. */
function faultOf({ language, expression }: JsonObject, parameters: ReadonlySet<string>): string | undefined {
  if (language !== 'text/fhirpath') return 'VALUESET_BAD_FILTER_EXPR_LANG';
  const text = typeof expression === 'string' ? expression : '';
  // A name with a hyphen is a constant in quotes to FHIRPath (http://hl7.org/fhirpath/#environment-variables).
  if (!isFhirPath(text.replace(/%([\w-]+)/g, '%`$1`'))) return 'VALUESET_BAD_FILTER_EXPR_VALUE';
  const names = [...text.matchAll(/%([\w-]+)/g)].map(([, name = '']) => name);
  return names.every((name) => parameters.has(name)) ? undefined : 'VALUESET_BAD_FILTER_EXPR_PARAM_NAME';
}

function isFhirPath(expression: string): boolean {
  try {
    parseExpression(expression);
    return true;
  } catch (error) {
    if (error instanceof SyntaxFailure) return false;
    throw error;
  }
}

/** A value may be computed from parameters of the value set. */
function checkExpressions(filter: JsonObject, run: FullRun, parameters: ReadonlySet<string>): void {
  const { _value: sibling } = filter;
  if (!isObject(sibling)) return;
  objectsAt(sibling, 'extension').forEach(({ url, valueExpression }, index) => {
    const expression = url === expressionUrl && isObject(valueExpression) ? valueExpression : undefined;
    const fault = expression && faultOf(expression, parameters);
    if (fault !== undefined)
      reportAt(['value', `extension[${index}]`, 'value.ofType(Expression)'], run, () =>
        run.reportAs(fault, 'validate.filter-expression'),
      );
  });
}

function checkFilters(include: JsonObject, system: string, { run, walker, parameters }: Checked): void {
  objectsAt(include, 'filter').forEach((filter, index) =>
    reportAt([`filter[${index}]`], run, () => {
      if (!isFilterValue(filter, system, walker)) run.report('validate.filter-value');
      checkExpressions(filter, run, parameters);
    }),
  );
}

interface Checked {
  readonly run: FullRun;
  readonly walker: Walk;
  readonly parameters: ReadonlySet<string>;
}

function checkPart(part: JsonObject, checked: Checked): void {
  const { run, walker } = checked;
  const system = textAt(part, 'system');
  if (system === undefined) return;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) return run.report('validate.system-relative');
  checkConcepts(part, system, run, walker);
  checkFilters(part, system, checked);
}

export const valueSet: Inspection = ({ value }, run, walker) => {
  if (!isObject(value) || !isObject(value.compose)) return;
  const checked = { run, walker, parameters: parametersOf(value) };
  for (const name of ['include', 'exclude'])
    objectsAt(value.compose, name).forEach((part, index) =>
      reportAt(['compose', `${name}[${index}]`], run, () => checkPart(part, checked)),
    );
};
