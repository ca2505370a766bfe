// CapabilityStatements (http://hl7.org/fhir/R4/capabilitystatement.html): a search parameter is of the type that its definition says.
import type { JsonObject } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import { reportAt, type Inspection } from './inspection.js';

/** Visits each search parameter of a rest element, of the server and of its resources, where it stands. */
function eachParameter(holder: JsonObject, run: FullRun, visit: (parameter: JsonObject) => void): void {
  objectsAt(holder, 'searchParam').forEach((parameter, index) =>
    reportAt([`searchParam[${index}]`], run, () => visit(parameter)),
  );
  objectsAt(holder, 'resource').forEach((resource, index) =>
    reportAt([`resource[${index}]`], run, () => eachParameter(resource, run, visit)),
  );
}

function check(parameter: JsonObject, run: FullRun, { registry }: Walk): void {
  const definition = registry.searchParameter(textAt(parameter, 'definition') ?? '');
  if (definition !== undefined && definition.type !== parameter.type)
    run.reportAs('CapabalityStatement_CS_SP_WrongType', 'validate.search-type', { expected: definition.type });
}

export const capabilityStatement: Inspection = ({ value }, run, walker) => {
  if (!isObject(value)) return;
  objectsAt(value, 'rest').forEach((rest, index) =>
    reportAt([`rest[${index}]`], run, () => eachParameter(rest, run, (parameter) => check(parameter, run, walker))),
  );
};
