// ValueSets (http://hl7.org/fhir/R4/valueset.html#compositions): systems are absolute, the codes listed are codes of theirs, filters
// have values of the type of their property.
import type { JsonObject } from '../../../model/json.js';
import { isEcl } from '../../../terminology/ecl/parse.js';
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

function checkFilters(include: JsonObject, system: string, run: FullRun, walker: Walk): void {
  objectsAt(include, 'filter').forEach((filter, index) => {
    if (!isFilterValue(filter, system, walker))
      reportAt([`filter[${index}]`], run, () => run.report('validate.filter-value'));
  });
}

function checkPart(part: JsonObject, run: FullRun, walker: Walk): void {
  const system = textAt(part, 'system');
  if (system === undefined) return;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)) return run.report('validate.system-relative');
  checkConcepts(part, system, run, walker);
  checkFilters(part, system, run, walker);
}

export const valueSet: Inspection = ({ value }, run, walker) => {
  if (!isObject(value) || !isObject(value.compose)) return;
  for (const name of ['include', 'exclude'])
    objectsAt(value.compose, name).forEach((part, index) =>
      reportAt(['compose', `${name}[${index}]`], run, () => checkPart(part, run, walker)),
    );
};
